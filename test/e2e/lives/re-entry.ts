import { expect, it } from '@jest/globals';
import { asRecord, bytesOf, NOBODY, notice, refusalOf, toldOf, type Life } from './life.ts';

const FOR = 'returns';
const release = { audience: ['AL'], purposes: [FOR] };
const of = (properties: object) => ({ schema: 'Person', properties: { nationality: ['al'], ...properties } });

/** People who were returned, and are met again: by the document they went home with, or as a person confirms. */
export const livesAReEntry = (life: Life): void => {
  const { post, own, seen, settled } = life;
  const act = async (member: string, path: string, body: object = {}) => {
    const answer = await post(member, `/v1/${path}`, body);
    await settled(member);
    return answer;
  };
  const returned = async (person: object, at: string, document?: string): Promise<string> => {
    const body = { person, returnTo: 'AL', appeals: 'exhausted', evidence: 'A copy.', release };
    const { id } = (await post('GB', '/v1/returns', body)).json;
    const step = (member: string, what: string, said: object) => post(member, `/v1/returns/${id}/${what}`, said);
    await step('GB', 'request-documents', {});
    const issued = { number: document, type: 'emergency-travel-document', validTo: '2099-01-01' };
    if (document !== undefined) await step('AL', 'issue-document', issued);
    for (const what of ['schedule', 'complete']) await step('GB', what, { at });
    await settled('GB', 'AL');
    return id;
  };
  const meet = async (person: object, at: string, over: object = {}): Promise<string> =>
    (await act('GB', 'encounters', { person, at, place: 'Dover', asylumClaimed: false, release, ...over })).json.id;
  const see = async (member: string, path: string) => (await seen(member, `/v1/${path}`, FOR)).json;
  const cohort = async (year: number) => {
    const { returned, within } = await see('AL', `returns/re-entry?cohort=${year}`);
    return [returned, ...Object.values(within)];
  };

  it('knows a person again by the document that was issued for the return', async () => {
    const id = await returned(of({ name: ['Besim Provë'] }), '2017-05-10T12:00:00Z', 'ETD-900');
    expect(await see('AL', `returns/${id}`)).toMatchObject({ state: 'returned' });
    const at = '2017-05-30T00:00:00.000Z';
    // What is met before the return is no re-entry.
    await meet(of({ name: ['B. P.'], passportNumber: ['ETD 900'] }), '2017-05-01T00:00:00Z');
    const encounter = await meet(of({ name: ['B. P.'], passportNumber: ['etd 900'] }), at, { release: undefined });
    const found = { encounter, originator: 'GB', at, place: 'Dover', reasons: ['travel-document'] };
    expect(await see('AL', `returns/${id}/re-entries`)).toEqual({ items: [] });
    expect((await act('GB', `encounters/${encounter}/release`, release)).json).toEqual({ id: encounter, version: 2 });
    expect(await see('AL', `returns/${id}/re-entries`)).toEqual({ items: [found] });
    expect(await see('AL', `returns/${id}`)).toMatchObject({ state: 're-entry-found', reEntry: found });
    expect(await cohort(2017)).toEqual([1, 1, 1, 1]);
    await act('GB', `encounters/${encounter}/recall`, { reason: 'It was somebody else.' });
    expect(await see('AL', `returns/${id}`)).toMatchObject({ state: 'returned' });
    expect(await toldOf(life, 'AL', encounter)).toEqual([notice('recall', encounter)]);
    expect(await cohort(2017)).toEqual([1, 0, 0, 0]);
    await act('GB', `encounters/${encounter}/erase`, { reason: 'It was somebody else.' });
    const kept = await own('GB', `/v1/encounters/${encounter}`);
    expect(kept.json).toMatchObject({ state: 'erased' });
    expect(kept.text).not.toContain('etd 900');
  });

  it('suggests who has a like name and the same birth date, and lets a person decide', async () => {
    const birthDate = ['1988-04-03'];
    const id = await returned(of({ name: ['Џевдет Хоџа'], birthDate }), '2018-05-10T12:00:00Z');
    const at = '2018-07-20T00:00:00.000Z';
    const encounter = await meet(of({ name: ['Hoxha, Xhevdet'], birthDate }), at);
    const found = { encounter, originator: 'GB', at, place: 'Dover', reasons: ['birth-date', 'name'] };
    const state = async () => (await see('AL', `returns/${id}`)).state;
    expect(await see('AL', `returns/${id}/re-entries`)).toEqual({ items: [found] });
    expect([await state(), ...(await cohort(2018))]).toEqual(['returned', 1, 0, 0, 0]);
    const decide = (member: string, what: string) => act(member, `returns/${id}/${what}-re-entry`, { encounter });
    // It isn't the state of return that says so, though it sees both.
    expect((await decide('AL', 'confirm')).status).toBe(200);
    expect(await toldOf(life, 'AL', id)).toEqual([notice('claim-void', id)]);
    expect(await state()).toBe('returned');
    await decide('GB', 'confirm');
    expect(await see('AL', `returns/${id}`)).toMatchObject({
      state: 're-entry-found',
      reEntry: { ...found, verdict: 'confirmed' },
    });
    expect(await see('AL', 'returns/re-entry?cohort=2018')).toEqual({
      ...{ cohort: '2018', returned: 1, within: { '30': 0, '90': 1, '365': 1 }, underObservation: 0 },
      shares: { within: { '30': 0, '90': 1, '365': 1 }, underObservation: 0 },
    });
    await decide('GB', 'dismiss');
    expect(await see('AL', `returns/${id}/re-entries`)).toEqual({ items: [{ ...found, verdict: 'dismissed' }] });
    expect([await state(), ...(await cohort(2018))]).toEqual(['returned', 1, 0, 0, 0]);
    const years = (await see('AL', 'returns/statistics?by=year')).items as { year: string }[];
    expect(years.find(({ year }) => year === '2018')).toEqual({
      ...{ year: '2018', opened: 0, open: 0, returned: 1, transferred: 0, absconded: 0 },
      documents: { requested: 0, issued: 0, refused: 0, meanDaysToIssue: null },
    });
  });

  it('keeps who claimed asylum from the country that was fled, and says nothing of the claim to others', async () => {
    const person = of({ name: ['Liri Provë'], idNumber: ['K70000001'] });
    const id = await returned(person, '2016-05-10T12:00:00Z');
    expect(await cohort(2016)).toEqual([1, 0, 0, 0]);
    const at = '2016-06-01T00:00:00.000Z';
    const claim = { asylumClaimed: true, release: { audience: 'TASK_FORCE', purposes: [FOR] } };
    const encounter = await meet(person, at, claim);
    const global = { ...person, id: expect.stringMatching(/^GB:/) };
    expect(await see('XK', `encounters/${encounter}`)).toEqual({
      ...{ id: encounter, originator: 'GB', person: global, at, place: 'Dover' },
      ...asRecord(1, FOR),
    });
    for (const [path, missing] of [
      [`encounters/${encounter}`, `encounters/${NOBODY}`],
      [`returns/${id}`, `returns/${NOBODY}`],
      [`returns/${id}/re-entries`, `returns/${NOBODY}/re-entries`],
    ])
      expect(bytesOf(await seen('AL', `/v1/${path}`, FOR))).toBe(bytesOf(await seen('AL', `/v1/${missing}`, FOR)));
    expect(JSON.stringify(await see('AL', 'encounters?limit=500'))).not.toContain(encounter);
    expect(await cohort(2016)).toEqual([0, 0, 0, 0]);
    expect(await see('GB', `returns/${id}`)).toMatchObject({ state: 're-entry-found' });
    expect(await toldOf(life, 'AL', encounter)).toEqual([]);
  });

  it('records no encounter that leaves open whether asylum was claimed', async () => {
    const body = { person: of({ name: ['Liri Provë'] }), at: '2016-06-01T00:00:00Z', place: 'Dover' };
    expect(refusalOf(await post('GB', '/v1/encounters', body))).toBe('400 invalid-request /asylumClaimed required');
  });
};
