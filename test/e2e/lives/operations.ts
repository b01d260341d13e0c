import { expect, it } from '@jest/globals';
import { aReport, PURPOSE } from '../../support/caller.ts';
import { notice, refusalOf, toldOf, type Life } from './life.ts';

const at = '2026-03-01T05:00:00Z';
const desk = (name: string, code: string) => ({ contact: `Accord desk ${name}, desk.${code}@example.org` });
const planned = (over: object) => ({
  ...{ name: 'Operation Overlap', participants: ['XK'], purposes: [PURPOSE], area: 'Vlorë', targets: [] },
  ...{ window: { from: at, to: '2026-03-02T05:00:00Z' }, classification: 'OFFICIAL' },
  ...over,
});

/** Operations of two leads that don't know of each other. */
export const livesOperations = (life: Life): void => {
  const { post, seen, settled } = life;
  const act = async (member: string, path: string, body: object = {}) => {
    const answer = await post(member, `/v1/${path}`, body);
    await settled(member);
    return answer;
  };

  it('tells two leads with one target whom to call, and nothing else', async () => {
    const release = { audience: ['AL', 'XK'], purposes: [PURPOSE] };
    const { entities } = (await act('GB', 'reports', aReport('overlap', { release }))).json;
    const plan = async (lead: string) =>
      (await act(lead, 'operations', planned({ targets: [entities.p] }))).json.id as string;
    const [britain, albania] = [await plan('GB'), await plan('AL')];
    expect(await toldOf(life, 'GB', britain)).toEqual([
      { ...notice('deconfliction', britain), ...desk('Tirana', 'al') },
    ]);
    expect(await toldOf(life, 'AL', albania)).toEqual([
      { ...notice('deconfliction', albania), ...desk('London', 'gb') },
    ]);
    for (const id of [britain, albania]) expect(await toldOf(life, 'XK', id)).toEqual([]);
    expect((await seen('AL', `/v1/operations/${britain}`)).status).toBe(404);
    await act('AL', `operations/${albania}/recall`, { reason: 'London goes first.' });
    expect(await toldOf(life, 'GB', britain)).toEqual([]);
  });

  it('refuses what is no deed, and what comes too early', async () => {
    const { id } = (await act('GB', 'operations', planned({}))).json;
    expect(refusalOf(await act('GB', `operations/${id}/conclude`, { outcome: 'None.' }))).toBe(
      '409 operation.not-launched',
    );
    const arrests = { count: 0, at, place: 'Vlorë', offence: 'people smuggling' };
    expect(refusalOf(await act('GB', `operations/${id}/arrests`, arrests))).toBe('400 invalid-request /count minimum');
    expect(refusalOf(await act('GB', 'operations', planned({ participants: ['gb'] })))).toBe(
      '400 invalid-request /participants/0 pattern',
    );
  });
};
