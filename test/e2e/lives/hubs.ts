import { expect, it } from '@jest/globals';
import type { Answer } from '../../support/caller.ts';
import { asRecord, refusalOf, type Life } from './life.ts';

const FOR = 'returns';
const release = { audience: ['AL'], purposes: [FOR] };
const at = '2026-01-10T12:00:00Z';

/** Talks about hubs, and the places in one that came of them. */
export const livesHubs = ({ post, own, seen, settled }: Life): void => {
  const act = async (path: string, body: object = {}): Promise<Answer> => {
    const answer = await post('GB', `/v1/${path}`, body);
    await settled('GB');
    return answer;
  };
  const talksAbout = async (country: string, terms?: object) =>
    (await act('hub-talks', { country, release: terms })).json.id as string;
  const shown = async (country: string, member = 'AL') =>
    (await seen(member, `/v1/hub-talks?country=${country}&originator=GB`, FOR)).json.items;
  const scheduled = async (name: string): Promise<string> => {
    const person = { schema: 'Person', properties: { name: [name], nationality: ['al'] } };
    const body = { person, returnTo: 'AL', appeals: 'exhausted', evidence: 'A copy.', release };
    const { id } = (await post('GB', '/v1/returns', body)).json;
    await post('GB', `/v1/returns/${id}/schedule`, { at });
    return id;
  };

  it('takes people to a hub, as many as have a place there, and gives a place back', async () => {
    const id = await talksAbout('RS', release);
    const told = async () => (await shown('RS')).map(({ state }: { state: string }) => state);
    expect(await told()).toEqual(['proposed']);
    expect(refusalOf(await act(`hub-talks/${id}/agree`, { places: 1 }))).toBe('409 hub-talks.not-in-talks');
    await act(`hub-talks/${id}/start`);
    expect(await told()).toEqual(['in-talks']);
    const people = [await scheduled('Besa Provë'), await scheduled('Luan Provë')];
    const transfer = (one: string) => act(`returns/${one}/transfer`, { hub: id, at });
    expect(refusalOf(await transfer(people[0]!))).toBe('422 hub.unknown /hub known-hub');
    expect((await act(`hub-talks/${id}/agree`, { places: 1 })).json).toEqual({ id, version: 4, hub: id });

    const asked = await Promise.all(people.map(async (one) => ({ one, answer: await transfer(one) })));
    const [taken, full] = asked.sort((a, b) => a.answer.status - b.answer.status);
    expect([taken!.answer.status, refusalOf(full!.answer)]).toEqual([200, '422 hub.full /hub free-place']);
    const hub = { id, originator: 'GB', country: 'RS', state: 'agreed', places: 1, transfers: 1 };
    expect(await shown('RS')).toEqual([{ ...hub, ...asRecord(3, FOR) }]);
    expect(await shown('RS', 'XK')).toEqual([]);
    const inHub = async (one: string) => (await seen('AL', `/v1/returns/${one}`, FOR)).json;
    expect(await inHub(taken!.one)).toMatchObject({ state: 'transferred-to-hub', hub: id });
    await act(`returns/${taken!.one}/close`);
    expect((await transfer(full!.one)).status).toBe(200);
    expect(await inHub(full!.one)).toMatchObject({ state: 'transferred-to-hub', hub: id });
    expect(await shown('RS')).toMatchObject([{ transfers: 1 }]);
  });

  it('shows that talks came to nothing, never why', async () => {
    const id = await talksAbout('BA');
    await act(`hub-talks/${id}/start`);
    expect(await shown('BA')).toEqual([]);
    expect((await act(`hub-talks/${id}/release`, release)).json).toEqual({ id, version: 3 });
    expect(await shown('BA')).toMatchObject([{ id, state: 'in-talks', version: 1 }]);
    await act(`hub-talks/${id}/decline`, { reason: 'The parliament said no.' });
    const declined = { id, originator: 'GB', country: 'BA', state: 'declined' };
    expect(await shown('BA')).toEqual([{ ...declined, ...asRecord(2, FOR) }]);
    expect(refusalOf(await act(`hub-talks/${id}/agree`, { places: 1 }))).toBe('409 hub-talks.not-in-talks');
    await act(`hub-talks/${id}/recall`, { reason: 'It is being talked about again.' });
    expect(await shown('BA')).toEqual([]);
    await act(`hub-talks/${id}/erase`, { reason: 'It is being talked about again.' });
    const kept = await own('GB', `/v1/hub-talks/${id}`);
    expect(kept.json).toMatchObject({ state: 'erased' });
    expect(kept.text).not.toContain('parliament');
  });

  it('refuses a hub at home, and one without places', async () => {
    expect(refusalOf(await act('hub-talks', { country: 'GB' }))).toBe('400 invalid-request /country other-country');
    const id = await talksAbout('MK');
    expect(refusalOf(await act(`hub-talks/${id}/agree`, { places: 0 }))).toBe('400 invalid-request /places minimum');
  });
};
