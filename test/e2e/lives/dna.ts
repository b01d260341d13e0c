import { expect, it } from '@jest/globals';
import { SEVEN_LOCI } from '../../../libs/dna/src/testing/seven-loci.ts';
import { notice, refusalOf, toldOf, type Life } from './life.ts';

const FOR = 'forensic-matching';
const release = { audience: 'TASK_FORCE', purposes: [FOR] };
/** Of somebody else. */
const OTHERS = {
  ...{ vWA: ['14', '15'], TH01: ['7', '8'], D21S11: ['30', '32.2'], FGA: ['22', '25'] },
  ...{ D8S1179: ['10', '14'], D3S1358: ['14', '17'], D18S51: ['12', '13'] },
};

interface Hit {
  id: string;
  own: string;
  other: { member: string; reference: string };
  quality: number;
  state: string;
}

/** A trace of one member meets a reference of another, and is followed up by both, until the profile is recalled. */
export const livesAHit = (life: Life): void => {
  const { post, own, seen, settled } = life;
  const submit = async (member: string, reference: string, kind: string, over: object = {}) => {
    const body = { reference, kind, loci: SEVEN_LOCI, release, ...over };
    const answer = await post(member, '/v1/dna/profiles', body);
    expect(answer.status).toBe(201);
    await settled(member);
    return answer.json.id as string;
  };
  const hits = async (member: string) => (await seen(member, '/v1/dna/hits', FOR)).json.items as Hit[];
  const hit = async (id: string, member: string) => (await seen(member, `/v1/dna/hits/${id}`, FOR)).json;
  const stateOf = async (id: string, member: string) => (await hit(id, member)).state;
  const say = async (id: string, member: string, what: string, body: object = {}) => {
    expect((await post(member, `/v1/dna/hits/${id}/${what}`, body)).status).toBe(200);
    await settled(member);
  };

  it('finds who left a trace, and sends what is known of them to who asked', async () => {
    const reference = await submit('AL', 'AL-1', 'reference');
    await submit('GB', 'GB-1', 'trace');
    await submit('GB', 'GB-2', 'trace', { loci: { ...SEVEN_LOCI, vWA: ['17', '*'] } });
    const found = await hits('GB');
    expect(found.map(({ own, other, quality }) => [own, other.member, quality]).sort()).toEqual([
      ['GB-1', 'AL', 1],
      ['GB-2', 'AL', 2],
      ['GB-2', 'GB', 2],
    ]);
    expect(await hits('XK')).toEqual([]);
    const { id } = found.find(({ quality }) => quality === 1)!;
    await say(id, 'XK', 'confirm');
    expect(await toldOf(life, 'XK', id)).toEqual([notice('claim-void', id)]);
    expect(await stateOf(id, 'AL')).toBe('candidate');
    await say(id, 'GB', 'confirm');
    await say(id, 'GB', 'request-data');
    expect(await stateOf(id, 'AL')).toBe('data-requested');
    await say(id, 'AL', 'send-data', { facts: 'A swab.', person: { name: ['Test Shembulli'] } });
    const shown = await hit(id, 'GB');
    expect(shown).toMatchObject({ state: 'data-sent', data: { person: { name: ['Test Shembulli'] } } });
    expect(JSON.stringify(await hits('GB'))).not.toContain('Shembulli');
    // What was sent may be erased by who sent it.
    const { json: words } = await own('AL', '/v1/words?limit=1');
    await post('AL', `/v1/words/${words.items[0].id}/erase`, { reason: 'A mix-up.' });
    await settled('AL');
    expect(await hit(id, 'GB')).toEqual({
      ...Object.fromEntries(Object.entries(shown).filter(([name]) => name !== 'data')),
      ...{ state: 'data-requested', updatedAt: expect.any(String) },
    });
    await post('AL', `/v1/dna/profiles/${reference}/recall`, { reason: 'A mix-up.' });
    await settled('AL');
    expect((await seen('GB', `/v1/dna/hits/${id}`, FOR)).status).toBe(404);
    expect((await hits('GB')).map(({ other }) => other.member)).toEqual(['GB']);
    expect(await toldOf(life, 'GB', reference)).toEqual([notice('recall', reference)]);
  });

  it('hits once a profile is released, and ends with why no data are sent', async () => {
    const reference = await submit('AL', 'AL-2', 'reference', { loci: OTHERS, release: undefined });
    await submit('GB', 'GB-3', 'trace', { loci: OTHERS });
    const met = async () => (await hits('GB')).filter(({ own }) => own === 'GB-3');
    expect(await met()).toEqual([]);
    const { json } = await post('AL', `/v1/dna/profiles/${reference}/release`, release);
    expect(json).toEqual({ id: reference, version: 2 });
    await settled('AL');
    const [found] = await met();
    expect(found).toEqual({
      ...{ id: found!.id, quality: 1, loci: 7, own: 'GB-3', other: { member: 'AL', reference: 'AL-2' } },
      ...{ searcher: 'GB', state: 'candidate', expectedAdventitious: expect.any(Number) },
      updatedAt: expect.any(String),
    });
    const { id } = found!;
    await say(id, 'GB', 'dismiss', { reason: 'A twin.' });
    expect(await stateOf(id, 'AL')).toBe('dismissed');
    expect(JSON.stringify(await hit(id, 'AL'))).not.toContain('twin');
    await say(id, 'GB', 'confirm');
    expect(await stateOf(id, 'AL')).toBe('confirmed');
    await say(id, 'GB', 'request-data');
    await say(id, 'AL', 'refuse-data', { reason: 'A court has to say so.' });
    expect(await hit(id, 'GB')).toMatchObject({
      state: 'data-refused',
      refusal: { reason: 'A court has to say so.' },
    });
    const { json: words } = await own('AL', '/v1/words?limit=1');
    await post('AL', `/v1/dna/profiles/${reference}/erase`, { reason: 'It was acquitted.' });
    await settled('AL');
    expect(await met()).toEqual([]);
    // What was said on its hits goes with it.
    const word = async () => (await own('AL', `/v1/words/${words.items[0].id}`)).json as { state: string };
    expect(words.items[0]).toMatchObject({ kind: 'data-refused', hit: id });
    for (let n = 0; n < 100 && (await word()).state === 'given'; n += 1) await settled('AL');
    expect(await word()).toMatchObject({ id: words.items[0].id, state: 'erased' });
    const kept = await own('AL', `/v1/dna/profiles/${reference}`);
    expect(kept.json).toMatchObject({ state: 'erased' });
    expect(kept.text).not.toContain('32.2');
  });

  it('refuses a profile that no search may use', async () => {
    const body = { reference: 'GB-4', kind: 'reference', loci: SEVEN_LOCI };
    const refused = async (wrong: object) => refusalOf(await post('GB', '/v1/dna/profiles', { ...body, ...wrong }));
    expect(await refused({ loci: { vWA: ['17', '18'] } })).toBe('422 dna.too-few-loci /loci too-few-loci');
    expect(await refused({ loci: { ...SEVEN_LOCI, vWA: ['14', '15', '16', '17'] } })).toBe(
      '422 dna.mixture /loci/vWA mixture',
    );
    expect(await refused({ kind: 'suspect' })).toBe('400 invalid-request /kind enum');
  });
};
