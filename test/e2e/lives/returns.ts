import { expect, it } from '@jest/globals';
import type { Answer } from '../../support/caller.ts';

/** Members' officers and analysts, at a started product. */
export interface Life {
  post(where: string, path: string, body: unknown): Promise<Answer>;
  seen(member: string, path: string, purpose?: string): Promise<Answer>;
  settled(...members: string[]): Promise<void>;
}

const FOR = 'returns';
const release = { audience: ['AL'], purposes: [FOR] };
const at = '2026-01-10T12:00:00Z';
const person = (properties: object) => ({
  schema: 'Person',
  properties: { name: ['Agim Provë'], nationality: ['al'], ...properties },
});

/** Returns between the state that returns and the state of return, until the person is met again and claims asylum. */
export const livesAReturn = ({ post, seen, settled }: Life): void => {
  const open = async (properties: object): Promise<string> => {
    const body = { person: person(properties), returnTo: 'AL', appeals: 'exhausted', evidence: 'A copy.', release };
    return (await post('GB', '/v1/returns', body)).json.id as string;
  };
  const stateOf = async (id: string, member: string) => (await seen(member, `/v1/returns/${id}`, FOR)).json.state;

  it('returns a person with a document of the other state, and finds it again', async () => {
    const id = await open({ idNumber: ['J90000001'] });
    const document = { number: 'ETD1', type: 'emergency-travel-document', validTo: '2099-01-01' };
    await post('GB', `/v1/returns/${id}/request-documents`, {});
    await post('XK', `/v1/returns/${id}/issue-document`, document);
    await settled('GB', 'XK');
    expect(await stateOf(id, 'AL')).toBe('documents-requested');
    const { items } = (await seen('XK', '/v1/notices', FOR)).json;
    expect(items).toContainEqual(expect.objectContaining({ kind: 'claim-void', record: id }));
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

  it('takes a person to a hub, where a place is free', async () => {
    const { json: talks } = await post('GB', '/v1/hub-talks', { country: 'RS', release });
    await post('GB', `/v1/hub-talks/${talks.id}/start`, {});
    const { json: agreed } = await post('GB', `/v1/hub-talks/${talks.id}/agree`, { places: 1 });
    const transfers = [await open({}), await open({})].map(async (id) => {
      await post('GB', `/v1/returns/${id}/schedule`, { at });
      return (await post('GB', `/v1/returns/${id}/transfer`, { hub: agreed.hub, at })).status;
    });
    expect((await Promise.all(transfers)).sort()).toEqual([200, 422]);
    await settled('GB');
    const shown = { country: 'RS', state: 'agreed', places: 1, transfers: 1 };
    expect((await seen('AL', `/v1/hub-talks/${talks.id}`, FOR)).json).toMatchObject(shown);
  });
};
