import { expect, it } from '@jest/globals';
import { SEVEN_LOCI } from '../../../libs/dna/src/testing/seven-loci.ts';
import type { Life } from './returns.ts';

const FOR = 'forensic-matching';
const release = { audience: 'TASK_FORCE', purposes: [FOR] };

interface Hit {
  id: string;
  own: string;
  other: { member: string; reference: string };
  quality: number;
  state: string;
}

/** A trace of one member meets a reference of another, and is followed up by both, until the profile is recalled. */
export const livesAHit = ({ post, seen, settled }: Life): void => {
  const submit = async (member: string, reference: string, kind: string, other: object = {}) => {
    const answer = await post(member, '/v1/dna/profiles', {
      reference,
      kind,
      loci: { ...SEVEN_LOCI, ...other },
      release,
    });
    expect(answer.status).toBe(201);
    await settled(member);
    return answer.json.id as string;
  };
  const hits = async (member: string) => (await seen(member, '/v1/dna/hits', FOR)).json.items as Hit[];
  const stateOf = async (id: string, member: string) => (await seen(member, `/v1/dna/hits/${id}`, FOR)).json.state;

  it('finds who left a trace, and sends what is known of them to who asked', async () => {
    const reference = await submit('AL', 'AL-1', 'reference');
    await submit('GB', 'GB-1', 'trace');
    await submit('GB', 'GB-2', 'trace', { vWA: ['17', '*'] });
    const found = await hits('GB');
    expect(found.map(({ own, other, quality }) => [own, other.member, quality]).sort()).toEqual([
      ['GB-1', 'AL', 1],
      ['GB-2', 'AL', 2],
      ['GB-2', 'GB', 2],
    ]);
    expect(await hits('XK')).toEqual([]);
    const { id } = found.find(({ quality }) => quality === 1)!;
    const say = async (member: string, what: string, body: object = {}) => {
      expect((await post(member, `/v1/dna/hits/${id}/${what}`, body)).status).toBe(200);
      await settled(member);
    };
    await say('XK', 'confirm');
    const { items } = (await seen('XK', '/v1/notices', FOR)).json;
    expect(items).toContainEqual(expect.objectContaining({ kind: 'claim-void', record: id }));
    expect(await stateOf(id, 'AL')).toBe('candidate');
    await say('GB', 'confirm');
    await say('GB', 'request-data');
    expect(await stateOf(id, 'AL')).toBe('data-requested');
    await say('AL', 'send-data', { facts: 'A swab.', person: { name: ['Test Shembulli'] } });
    const shown = await seen('GB', `/v1/dna/hits/${id}`, FOR);
    expect(shown.json).toMatchObject({ state: 'data-sent', data: { person: { name: ['Test Shembulli'] } } });
    expect(JSON.stringify(await hits('GB'))).not.toContain('Shembulli');
    await post('AL', `/v1/dna/profiles/${reference}/recall`, { reason: 'A mix-up.' });
    await settled('AL');
    expect((await seen('GB', `/v1/dna/hits/${id}`, FOR)).status).toBe(404);
    expect((await hits('GB')).map(({ other }) => other.member)).toEqual(['GB']);
  });
};
