import { expect, it } from '@jest/globals';
import { notice, refusalOf, TIME, toldOf, type Life } from './life.ts';

const FOR = 'returns';
const release = { audience: ['AL'], purposes: [FOR] };
const at = '2026-01-10T12:00:00Z';
const person = (properties: object) => ({
  schema: 'Person',
  properties: { name: ['Agim Provë'], nationality: ['al'], ...properties },
});

/** Returns between the state that returns and the state of return, until the person is met again and claims asylum. */
export const livesAReturn = (life: Life): void => {
  const { post, own, seen, settled } = life;
  const returned = (over: object) => {
    const body = { person: person({}), returnTo: 'AL', appeals: 'exhausted', evidence: 'A copy.', release };
    return post('GB', '/v1/returns', { ...body, ...over });
  };
  const open = async (properties: object): Promise<string> =>
    (await returned({ person: person(properties) })).json.id as string;
  const stateOf = async (id: string, member: string) => (await seen(member, `/v1/returns/${id}`, FOR)).json.state;

  it('returns a person with a document of the other state, and finds it again', async () => {
    const id = await open({ idNumber: ['J90000001'] });
    const document = { number: 'ETD1', type: 'emergency-travel-document', validTo: '2099-01-01' };
    await post('GB', `/v1/returns/${id}/request-documents`, {});
    await post('XK', `/v1/returns/${id}/issue-document`, document);
    await settled('GB', 'XK');
    expect(await stateOf(id, 'AL')).toBe('documents-requested');
    expect(await toldOf(life, 'XK', id)).toEqual([notice('claim-void', id)]);
    await post('AL', `/v1/returns/${id}/issue-document`, document);
    await settled('AL');
    expect(await stateOf(id, 'GB')).toBe('document-issued');
    await post('GB', `/v1/returns/${id}/schedule`, { at });
    await post('GB', `/v1/returns/${id}/complete`, { at });
    await settled('GB');
    expect(await stateOf(id, 'AL')).toBe('returned');
    const met = { person: person({ idNumber: ['J-90000001'] }), at: '2026-02-01T00:00:00Z', place: 'Dover' };
    await post('GB', '/v1/encounters', { ...met, asylumClaimed: false, release });
    await settled('GB');
    expect(await stateOf(id, 'AL')).toBe('re-entry-found');
    expect((await seen('AL', '/v1/returns/re-entry?cohort=2026', FOR)).json.within['30']).toBe(1);
    // Asylum claimed later: the return, and all encounters, are gone for the country that was fled.
    await post('GB', '/v1/encounters', { ...met, asylumClaimed: true, release });
    await settled('GB');
    expect((await seen('AL', `/v1/returns/${id}`, FOR)).status).toBe(404);
    expect((await seen('AL', '/v1/encounters', FOR)).json.items).toEqual([]);
    expect((await seen('AL', '/v1/returns/re-entry?cohort=2026', FOR)).json.returned).toBe(0);
    expect(await stateOf(id, 'GB')).toBe('re-entry-found');
  });

  it('tells why no document is issued, until that is taken back, and closes the case of who is gone', async () => {
    const figures = async () => {
      const { items } = (await seen('AL', '/v1/returns/statistics?by=state', FOR)).json;
      return items.find(({ state }: { state: string }) => state === 'AL');
    };
    const opened = await returned({ person: person({ idNumber: ['J90000002'] }), release: undefined });
    const { id } = opened.json;
    const act = async (member: string, path: string, body: object = {}) => {
      const answer = await post(member, `/v1/${path}`, body);
      await settled(member);
      return answer;
    };
    await act('GB', `returns/${id}/request-documents`);
    expect(await stateOf(id, 'AL')).toBeUndefined();
    expect((await act('GB', `returns/${id}/release`, release)).json).toEqual({ id, version: 3 });
    const before = await figures();
    await act('AL', `returns/${id}/refuse-document`, { reason: 'Not known here.' });
    const { state, document } = (await seen('GB', `/v1/returns/${id}`, FOR)).json;
    expect([state, document]).toEqual([
      'document-refused',
      { id: expect.any(String), originator: 'AL', refused: 'Not known here.', at: TIME },
    ]);
    const documents = { ...before.documents, refused: before.documents.refused + 1 };
    expect(await figures()).toEqual({ ...before, documents });
    await act('AL', `contributions/${document.id}/recall`, { reason: 'He is known, after all.' });
    expect(await stateOf(id, 'GB')).toBe('documents-requested');
    expect(await toldOf(life, 'GB', document.id)).toEqual([notice('recall', document.id)]);
    await act('AL', `contributions/${document.id}/erase`, { reason: 'He is known, after all.' });
    expect((await own('AL', `/v1/contributions/${document.id}`)).json).toMatchObject({ state: 'erased' });
    expect(refusalOf(await act('GB', `returns/${id}/close`))).toBe('409 return.not-ended');
    await act('GB', `returns/${id}/abscond`, { at });
    expect(await stateOf(id, 'AL')).toBe('absconded');
    expect(await figures()).toEqual({ ...before, open: before.open - 1, absconded: before.absconded + 1 });
    await act('GB', `returns/${id}/close`);
    const listed = (await seen('AL', '/v1/returns?originator=GB&returnTo=AL&limit=1', FOR)).json.items;
    expect(listed).toMatchObject([{ id, state: 'closed', requestedAt: TIME, abscondedAt: TIME, closedAt: TIME }]);
    await act('GB', `returns/${id}/erase`, { reason: 'The case was opened for another.' });
    const kept = await own('GB', `/v1/returns/${id}`);
    expect(kept.json).toMatchObject({ state: 'erased' });
    expect(kept.text).not.toContain('Agim');
  });

  it('opens no return of who may still appeal, or to the own country', async () => {
    const refused = async (wrong: object) => refusalOf(await returned(wrong));
    expect(await refused({ appeals: 'pending' })).toBe('422 return.appeal-pending /appeals exhausted');
    expect(await refused({ person: person({ birthDate: ['once'] }) })).toMatch(
      /^422 entity\.invalid \/person\/properties\/birthDate/,
    );
    expect(await refused({ returnTo: 'ALB' })).toBe('400 invalid-request /returnTo pattern');
  });
};
