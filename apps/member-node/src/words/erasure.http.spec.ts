import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SEVEN_LOCI } from '../../../../libs/dna/src/testing/seven-loci.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

const HIT = '0d5b3f4e-0000-8000-8000-0000000000d1';
const RECORD = '01980000-0000-7000-8000-000000000001';
const PERSON = /qelibar/i;
const DATA = { facts: 'A swab', person: { name: ['Qelibar Shembulli'] } };

describe('words that are erased over HTTP', () => {
  let gb: RunningNode;
  let publisher: string;
  let supervisor: string;

  beforeAll(async () => {
    gb = await runNode();
    publisher = await gb.token(['publisher']);
    supervisor = await gb.token(['publisher', 'supervisor']);
  });
  afterAll(() => gb.close());

  const say = (path: string, body: object, as = publisher) => gb.call('POST', `/v1/${path}`, { as, body });
  const erase = (id: string, as = supervisor) => say(`words/${id}/erase`, { reason: 'Qelibar asked' }, as);
  const get = (path: string, as = publisher) => gb.call('GET', `/v1/words${path}`, { as });
  const newest = async () => (await get('')).json.items[0] as { id: string };
  const keys = () => gb.db.query<{ record: string }>('select record from gb.keys');

  it('are shown to their own node: what was said, of what, when', async () => {
    await say(`dna/hits/${HIT}/send-data`, DATA);
    const word = await newest();
    const shown = { id: word.id, kind: 'data-sent', state: 'given', version: 1, hit: HIT, ...DATA };
    expect(word).toEqual({ ...shown, updatedAt: expect.any(String) });
    expect((await get(`/${word.id}`)).json).toEqual(word);
    expect((await get('', await gb.token(['analyst']))).status).toBe(403);
  });

  it.each([
    ['core data', `dna/hits/${HIT}/send-data`, DATA],
    [
      'why permission is asked for',
      'permission-requests',
      { record: RECORD, code: 'H1', scope: 'S', reason: 'Qelibar' },
    ],
    ['why a hit was dismissed', `dna/hits/${HIT}/dismiss`, { reason: 'Qelibar, a twin' }],
  ])('leave nothing of %s', async (_, path, body) => {
    await say(path, body);
    const { id } = await newest();
    expect((await get(`/${id}`)).text).toMatch(PERSON);
    expect((await erase(id, publisher)).status).toBe(403);
    expect(await erase(id)).toMatchObject({ status: 200, json: { id, version: 2 } });

    const shown = await get(`/${id}`);
    expect(shown.json).toEqual({ id, state: 'erased', version: 2, updatedAt: expect.any(String) });
    expect((await keys()).map(({ record }) => record)).not.toContain(id);
    expect([...gb.taker.keys.keys()]).not.toContain(id);
    const events = (await gb.relayed()).filter(({ subject }) => subject === id);
    expect(events.map(({ type, opened }) => [type.split('.')[2], opened])).toEqual([
      [expect.any(String), undefined],
      ['record-erased', undefined],
    ]);
    expect(await erase(id)).toMatchObject({ status: 409, json: { code: 'word.erased' } });
  });

  it('are not said again where they are said once', async () => {
    await say(`dna/hits/${HIT}/request-data`, {});
    await erase((await newest()).id);
    expect(await say(`dna/hits/${HIT}/request-data`, {})).toMatchObject({
      status: 409,
      json: { code: 'word.erased' },
    });
  });

  describe('of a profile that is erased', () => {
    let profiles = 0;
    /** A profile, and what was sent on a hit of it, as the joint views know. */
    const sent = async () => {
      const release = { audience: 'TASK_FORCE', purposes: ['forensic-matching'] };
      const body = { reference: `GB-${(profiles += 1)}`, kind: 'reference', loci: SEVEN_LOCI, release };
      const profile = (await say('dna/profiles', body, supervisor)).json.id as string;
      await say(`dna/hits/${HIT}/send-data`, DATA);
      const { id } = await newest();
      await gb.relayed();
      gb.taker.companions.set(profile, [id]);
      return { profile, word: id };
    };
    const stateOf = async (word: string) => (await get(`/${word}`)).json.state as string;
    const eraseProfile = (id: string) => say(`dna/profiles/${id}/erase`, { reason: 'Qelibar asked' }, supervisor);

    it('go with it, at once', async () => {
      const { profile, word } = await sent();
      expect((await eraseProfile(profile)).status).toBe(200);
      // Nothing is asked for but what came of it.
      for (let n = 0; n < 100 && (await stateOf(word)) === 'given'; n += 1) await new Promise(setImmediate);
      expect(await stateOf(word)).toBe('erased');
      expect((await keys()).map(({ record }) => record)).not.toContain(word);
      await gb.relayed();
      expect([...gb.taker.keys.keys()]).not.toContain(word);
      const events = (await gb.relayed()).filter(({ subject }) => subject === word);
      expect(events.map(({ type }) => type)).toEqual(['accord.dna.data-sent.v1', 'accord.records.record-erased.v1']);
    });

    it('go with it once the joint views can be asked', async () => {
      const { profile, word } = await sent();
      gb.taker.status = 503;
      expect((await eraseProfile(profile)).status).toBe(200);
      await gb.node.expire();
      expect(await stateOf(word)).toBe('given');
      gb.taker.status = 204;
      await gb.node.expire();
      expect(await stateOf(word)).toBe('erased');
      // Told again, it does nothing.
      await gb.node.expire();
      expect((await get(`/${word}`)).json.version).toBe(2);
    });

    it('are words: nothing else is erased by what the joint views say', async () => {
      const [{ profile }, other] = [await sent(), await sent()];
      gb.taker.companions.set(profile, [other.profile, RECORD]);
      await eraseProfile(profile);
      await gb.node.expire();
      const shown = await gb.call('GET', `/v1/dna/profiles/${other.profile}`, { as: publisher });
      expect(shown.json).toMatchObject({ state: 'released' });
    });
  });

  it('stay erased after a restart, and others stay', async () => {
    await say(`dna/hits/${HIT}/send-data`, DATA);
    const before = (await get('')).json;
    await gb.restart();
    expect((await get('')).json).toEqual(before);
    expect((await erase(RECORD)).status).toBe(404);
  });
});
