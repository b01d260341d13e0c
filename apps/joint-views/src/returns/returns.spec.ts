import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Caller } from '../testing/caller.ts';
import { at, uuid } from '../testing/fixtures.ts';
import { putAgreement, putRegistry } from '../testing/registry-fixtures.ts';
import { putDocument, putEncounter, putHubTalks, putReturn, putVerdict } from '../testing/return-fixtures.ts';
import { openTables } from '../testing/tables.ts';

const DAY = 86_400;
const agim = { name: ['Agim Prova'], birthDate: ['1990-03-02'], passportNumber: ['K 12345'] };
const gone = { stage: 'returned', requestedAt: at(0), returnedAt: at(10) } as const;

describe('returns', () => {
  let db: Database;
  let caller: Caller;

  beforeAll(async () => {
    db = await openTables();
    await putRegistry(db);
    const all = { categories: ['return'], purposes: ['returns'] };
    await putAgreement(db, { id: uuid(901), ...all, parties: ['GB', 'AL'] });
    await putAgreement(db, { id: uuid(902), ...all, parties: ['GB', 'XK'] });
    const asked = { stage: 'documents-requested', requestedAt: at(0) } as const;
    await putReturn(db, { id: uuid(1), updated: 1, told: asked });
    await putDocument(db, { id: uuid(101), updated: 2 * DAY, return: uuid(1), said: { number: 'ETD-1' } });
    await putDocument(db, { id: uuid(102), updated: DAY, return: uuid(1), said: { reason: 'Unknown here.' } });
    // By one who has no part in it, and by one who sees only what is recalled.
    await putDocument(db, {
      id: uuid(103),
      originator: 'XK',
      updated: 9 * DAY,
      return: uuid(1),
      said: { number: 'X' },
    });
    await putReturn(db, { id: uuid(2), updated: 2, properties: agim, told: gone });
    await putReturn(db, { id: uuid(3), updated: 3, audience: ['XK'], told: gone });
    await putReturn(db, { id: uuid(4), updated: 4, shield: ['al'], told: { returnTo: 'XK' } });
    await putEncounter(db, { id: uuid(201), properties: { passportNumber: ['k12345'] }, told: { at: at(20 * DAY) } });
    await putEncounter(db, { id: uuid(202), shield: ['al'], properties: { passportNumber: ['K12345'] } });
    await putEncounter(db, {
      id: uuid(203),
      properties: { name: ['Prova, Agim'], birthDate: ['1990-03-02'] },
      told: { at: at(40 * DAY), place: 'Hythe' },
    });
    // Before the return, and of another person.
    await putEncounter(db, { id: uuid(204), properties: agim, told: { at: at(5) } });
    await putEncounter(db, { id: uuid(205), properties: { passportNumber: ['Z9'] } });
    caller = await startReadSide(db);
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const see = (path: string, member: string) => caller.get(`/v1/${path}`, { member, purpose: 'returns' });
  const numbers = async (path: string, member: string) =>
    (await see(path, member)).json.items.map(({ id, encounter }: { id?: string; encounter?: string }) =>
      Number((id ?? encounter)!.slice(-3)),
    );
  const logged = async (member: string) =>
    (
      await db.query<{ records: string[] }>(
        `select records from consultation.entries where member = $1 order by number desc limit 1`,
        [member],
      )
    )[0]!.records;

  it('are told as far as the viewer may see them, with the answer that stands', async () => {
    expect((await see(`returns/${uuid(1)}`, 'AL')).json).toEqual({
      ...{ id: uuid(1), originator: 'GB', returnTo: 'AL', state: 'document-issued', evidence: expect.any(String) },
      person: { id: `GB:${uuid(1)}`, schema: 'Person', properties: {} },
      openedAt: at(0),
      requestedAt: at(0),
      document: {
        ...{ id: uuid(101), originator: 'AL', number: 'ETD-1', type: 'emergency-travel-document' },
        ...{ validTo: '2099-01-01', at: at(2 * DAY) },
      },
      ...{ purposes: ['returns'], classification: 'OFFICIAL', handlingCodes: ['H0'], reviewBy: '2099-01-01' },
      ...{ releasedAt: at(1), updatedAt: at(1), version: 1, recordState: 'released' },
    });
    expect(await logged('AL')).toEqual([uuid(1), uuid(101)]);
    // Without an agreement with AL, its answer isn't there.
    const { json } = await see(`returns/${uuid(1)}`, 'XK');
    expect(json).toMatchObject({ state: 'documents-requested' });
    expect(json).not.toHaveProperty('document');
    expect(await numbers('returns', 'AL')).toEqual([2, 1]);
    expect(await numbers('returns?returnTo=XK', 'XK')).toEqual([4]);
    expect(await numbers('returns?originator=AL', 'XK')).toEqual([]);
    expect(await caller.all('/v1/returns?limit=1', { member: 'GB', purpose: 'returns' })).toHaveLength(4);
    for (const id of [uuid(3), uuid(4), uuid(99), 'x']) expect((await see(`returns/${id}`, 'AL')).status).toBe(404);
  });

  it('find the person again by what the viewer sees of encounters', async () => {
    const reEntry = { encounter: uuid(202), originator: 'GB', at: at(1000), place: 'Dover', reasons: ['passport'] };
    expect((await see(`returns/${uuid(2)}`, 'XK')).json).toMatchObject({ state: 're-entry-found', reEntry });
    expect(await logged('XK')).toEqual([uuid(2), uuid(202)]);
    const { json } = await see(`returns/${uuid(2)}`, 'AL');
    expect(json).toMatchObject({ state: 're-entry-found', reEntry: { encounter: uuid(201) } });
    expect(await numbers('encounters', 'AL')).not.toContain(202);
    expect((await see(`encounters/${uuid(202)}`, 'AL')).status).toBe(404);
    expect((await see(`encounters/${uuid(202)}`, 'XK')).json).toMatchObject({ place: 'Dover', originator: 'GB' });
  });

  it('suggest by name and birth date, which a person confirms or dismisses', async () => {
    const matches = async () => (await see(`returns/${uuid(2)}/re-entries`, 'AL')).json.items;
    expect(await matches()).toEqual([
      { encounter: uuid(201), originator: 'GB', at: at(20 * DAY), place: 'Dover', reasons: ['passport'] },
      { encounter: uuid(203), originator: 'GB', at: at(40 * DAY), place: 'Hythe', reasons: ['birth-date', 'name'] },
    ]);
    const said = { return: uuid(2), encounter: uuid(203) };
    // Another's word counts for nothing.
    await putVerdict(db, { id: uuid(301), ...said, originator: 'AL', verdict: 'dismissed', second: 9 });
    await putVerdict(db, { id: uuid(302), ...said, verdict: 'confirmed', second: 1 });
    await putVerdict(db, { id: uuid(303), ...said, encounter: uuid(201), verdict: 'dismissed', second: 1 });
    expect((await matches()).map(({ verdict }: { verdict: string }) => verdict)).toEqual(['dismissed', 'confirmed']);
    expect((await see(`returns/${uuid(2)}`, 'AL')).json).toMatchObject({
      reEntry: { encounter: uuid(203), reasons: ['birth-date', 'name'], verdict: 'confirmed' },
    });
    await putVerdict(db, { id: uuid(304), ...said, verdict: 'dismissed', second: 2 });
    expect((await see(`returns/${uuid(2)}`, 'AL')).json.state).toBe('returned');
    expect((await see(`returns/${uuid(2)}`, 'XK')).json.state).toBe('re-entry-found');
    expect((await see(`returns/${uuid(99)}/re-entries`, 'AL')).status).toBe(404);
  });

  it('are counted by what the viewer sees', async () => {
    const cohort = async (member: string) => (await see('returns/re-entry?cohort=2026', member)).json;
    const none = { 30: 0, 90: 0, 365: 0 };
    expect(await cohort('AL')).toMatchObject({ cohort: '2026', returned: 1, within: none, underObservation: 1 });
    expect(await cohort('XK')).toMatchObject({ returned: 2, within: { 30: 1, 90: 1, 365: 1 }, underObservation: 1 });
    expect(await logged('XK')).toEqual([uuid(2), uuid(3), uuid(202)]);
    expect((await see('returns/re-entry?cohort=2020', 'XK')).json).toMatchObject({ returned: 0, shares: null });
    expect((await see('returns/statistics?by=state', 'AL')).json.items).toEqual([
      {
        ...{ state: 'AL', opened: 2, open: 1, returned: 1, transferred: 0, absconded: 0 },
        documents: { requested: 2, issued: 1, refused: 0, meanDaysToIssue: 2 },
      },
    ]);
    expect((await see('returns/statistics?by=year', 'XK')).json.items).toMatchObject([
      { year: '2026', opened: 4, open: 2, returned: 2, documents: { issued: 0 } },
    ]);
  });

  it('are results of the state that returned', async () => {
    const results = async (member: string) => (await see('results?quarter=2026-Q1', member)).json.items;
    expect(await results('AL')).toMatchObject([{ member: 'GB', returns: 1 }]);
    expect(await results('XK')).toMatchObject([{ member: 'GB', returns: 2 }]);
  });

  it('are transferred to hubs, of which talks tell', async () => {
    await putHubTalks(db, { id: uuid(401), updated: 1, told: { country: 'RS', stage: 'agreed', places: 2 } });
    await putHubTalks(db, { id: uuid(402), updated: 2, told: { country: 'AL', stage: 'declined' } });
    const moved = { stage: 'transferred-to-hub', transferredAt: at(9), hub: uuid(401) } as const;
    await putReturn(db, { id: uuid(5), told: moved });
    await putReturn(db, { id: uuid(6), told: moved, audience: ['AL'] });
    const talks = async (member: string) =>
      (await see('hub-talks', member)).json.items.map(
        ({ country, state, places, transfers }: Record<string, unknown>) => ({ country, state, places, transfers }),
      );
    const declined = { country: 'AL', state: 'declined' };
    expect(await talks('AL')).toEqual([declined, { country: 'RS', state: 'agreed', places: 2, transfers: 2 }]);
    expect(await talks('XK')).toEqual([declined, { country: 'RS', state: 'agreed', places: 2, transfers: 1 }]);
    expect(await numbers('hub-talks?country=AL', 'XK')).toEqual([402]);
    expect((await see(`hub-talks/${uuid(401)}`, 'XK')).json).toMatchObject({ originator: 'GB', transfers: 1 });
  });

  it('are not found again by a number that another state may have given to another person', async () => {
    const told = { at: at(20 * DAY) };
    const said = { return: uuid(7), originator: 'GB' };
    const matches = async () => (await see(`returns/${uuid(7)}/re-entries`, 'AL')).json.items;
    const stateOf = async () => (await see(`returns/${uuid(7)}`, 'AL')).json.state;
    const biometricReference = 'AFIS-7';
    const properties = { passportNumber: ['Z 777'], nationality: ['al'] };
    await putReturn(db, { id: uuid(7), properties, told: { ...gone, biometricReference } });
    await putDocument(db, { id: uuid(107), return: uuid(7), said: { number: 'ETD-7' } });
    await putEncounter(db, { id: uuid(501), properties: { ...properties, nationality: ['xk'] }, told });
    const abroad = { passportNumber: ['ETD 7'], nationality: ['rs'] };
    await putEncounter(db, { id: uuid(502), properties: abroad, told: { at: at(21 * DAY) } });
    expect(await stateOf()).toBe('returned');
    expect(await matches()).toMatchObject([
      { encounter: uuid(501), reasons: ['other-nationality', 'passport'] },
      { encounter: uuid(502), reasons: ['other-nationality', 'travel-document'] },
    ]);
    await putVerdict(db, { id: uuid(307), ...said, encounter: uuid(502), verdict: 'confirmed' });
    expect((await see(`returns/${uuid(7)}`, 'AL')).json).toMatchObject({
      reEntry: { encounter: uuid(502), verdict: 'confirmed' },
    });
    await putVerdict(db, { id: uuid(308), ...said, encounter: uuid(502), verdict: 'dismissed', second: 1 });
    expect(await stateOf()).toBe('returned');
    // A second nationality, or a mark that is no state's, leaves no doubt.
    const both = { ...properties, nationality: ['xk', 'AL'] };
    await putEncounter(db, { id: uuid(503), properties: both, told: { at: at(22 * DAY) } });
    const other = { ...properties, nationality: ['xk'] };
    await putEncounter(db, { id: uuid(504), properties: other, told: { at: at(23 * DAY), biometricReference } });
    expect((await matches()).slice(2).map(({ reasons }: { reasons: string[] }) => reasons)).toEqual([
      ['passport'],
      ['biometric'],
    ]);
  });

  it.each([
    ['returns?returnTo=al', 'returnTo'],
    ['returns?cursor=abc', 'cursor'],
    ['returns/statistics', 'by'],
    ['returns/statistics?by=month', 'by'],
    ['returns/re-entry', 'cohort'],
    ['returns/re-entry?cohort=25', 'cohort'],
    ['encounters?since=yesterday', 'since'],
    ['hub-talks?country=Serbia', 'country'],
    ['hub-talks?since=2025-01-01', 'since'],
  ])('refuse %s', async (path, field) => {
    const { status, json } = await see(path, 'AL');
    expect({ status, code: json.code, path: json.errors[0].path }).toEqual({
      ...{ status: 400, code: 'invalid-request', path: `/${field}` },
    });
  });
});
