import type { HubTalksContent, ReturnContent } from '#contracts';
import { at, putRecord } from '../../../apps/joint-views/src/testing/fixtures.ts';
import {
  putDocument,
  putEncounter,
  putHubTalks,
  putReturn,
  putVerdict,
} from '../../../apps/joint-views/src/testing/return-fixtures.ts';
import type { Random } from '../../access/random.ts';
import type { Access, Drawing, SystemItem, SystemWorld } from './system-world.ts';

const MEMBERS = ['GB', 'AL', 'XK'];
/** A few people, met again and again. */
const PEOPLE: Record<string, string[]>[] = [
  { name: ['Agim Prova'], birthDate: ['1990-03-02'], passportNumber: ['K1'] },
  { name: ['Prova Agim'], birthDate: ['1990'], idNumber: ['J1'] },
  { name: ['Besa Demo'], birthDate: ['1985-01-01'], passportNumber: ['K2'], idNumber: ['J1'] },
];
const DAY = 86_400;

const stageOf = (random: Random, hub: string): Partial<ReturnContent> => {
  const requestedAt = at(0);
  const returnedAt = at(random.below(30) * DAY);
  return random.pick<Partial<ReturnContent>>([
    { stage: 'opened' },
    { stage: 'documents-requested', requestedAt },
    { stage: 'documents-requested', requestedAt },
    { stage: 'returned', requestedAt, returnedAt },
    { stage: 'returned', returnedAt },
    { stage: 'transferred-to-hub', transferredAt: returnedAt, hub },
    { stage: 'closed', returnedAt, closedAt: at(99 * DAY) },
  ]);
};

/** Of what was erased, nothing but its own row is left. */
const put =
  (access: Access, kind: string, live: SystemItem['put']): SystemItem['put'] =>
  (db) =>
    access.state === 'erased' ? putRecord(db, access, kind) : live(db);

const encounterOf = ({ random, id, access }: Drawing, n: number): SystemItem => {
  const given = access(id(n), 'return');
  const told = { at: at(random.below(200) * DAY), place: random.pick(['Dover', 'Hythe']) };
  const properties = random.pick(PEOPLE);
  const updated = random.below(9);
  return {
    access: given,
    put: put(given, 'encounter', (db) => putEncounter(db, { ...given, updated, told, properties })),
  };
};

const talksOf = ({ random, id, access }: Drawing, n: number): SystemItem => {
  const given = access(id(n), 'return');
  const country = random.pick(['AL', 'RS']);
  const told = random.pick<HubTalksContent>([
    { country, stage: 'declined' },
    { country, stage: 'agreed', places: 5 },
  ]);
  return { access: given, put: put(given, 'hub-talks', (db) => putHubTalks(db, { ...given, told, updated: n })) };
};

/**
 * A word of the state that returned, on an encounter of its own, where no clearance hides either from it: what it is told of
 * its own words follows from the events alone.
 */
const canJudge = (returned: Access, { originator, classification, state }: Access): boolean =>
  [returned, { classification, state }].every(
    (one) => one.classification === 'OFFICIAL' && ['released', 'expired'].includes(one.state),
  ) && originator === returned.originator;

const returnOf = ({ random, id, access }: Drawing, n: number, around: { hub: string; met: Access[] }): SystemItem => {
  const given = access(id(n), 'return');
  const returnTo = random.pick([...MEMBERS, 'MK'].filter((code) => code !== given.originator));
  const told = { ...stageOf(random, around.hub), returnTo, openedAt: at(0) };
  const properties = random.pick(PEOPLE);
  const updated = random.below(9);
  const judged = around.met.filter((one) => canJudge(given, one)).slice(0, 1);
  const verdict = random.pick(['confirmed', 'dismissed'] as const);
  return {
    access: given,
    participants: [returnTo],
    put: put(given, 'return', async (db) => {
      await putReturn(db, { ...given, updated, told, properties });
      const said = { id: id(n + 40), originator: given.originator, return: given.id, verdict };
      for (const encounter of judged) await putVerdict(db, { ...said, encounter: encounter.id });
    }),
  };
};

const documentOf = ({ random, id }: Drawing, n: number, returns: readonly SystemItem[]): SystemItem => {
  const { access: of, participants } = random.pick(returns);
  const originator = random.pick([of.originator, ...participants!.filter((code) => code !== 'MK')]);
  const shield = of.shield === 'ALL' ? of.shield : [...of.shield, ...random.some(['gb', 'al', 'xk'], 0.1)];
  const given: Access = { ...of, id: id(n), originator, shield };
  const said = random.chance(0.7) ? { number: random.pick(['K1', 'E9']) } : { reason: 'Unknown here.' };
  const updated = random.below(9) * DAY;
  return {
    access: given,
    whole: of.id,
    put: put(given, 'contribution', (db) => putDocument(db, { ...given, return: of.id, said, updated })),
  };
};

/** Returns, answers to them, encounters and hubs. */
export const returns: SystemWorld = {
  kind: 'return',
  draw: (drawing) => {
    const made = <Item>(from: number, count: number, make: (n: number) => Item): Item[] =>
      Array.from({ length: count }, (_, i) => make(from + i));
    const encounters = made(0, 8, (n) => encounterOf(drawing, n));
    const talks = made(20, 4, (n) => talksOf(drawing, n));
    const around = { hub: drawing.id(20), met: encounters.map(({ access }) => access) };
    const cases = made(0, 10, (n) => returnOf(drawing, 30 + n, around));
    return [...encounters, ...talks, ...cases, ...made(50, 8, (n) => documentOf(drawing, n, cases))];
  },
  paths: (ids) => [
    ...['', '?limit=2', '?originator=GB', '?returnTo=AL', '?returnTo=al'].map((query) => `returns${query}`),
    ...['?by=year', '?by=state', '?by=state&originator=XK', '?by=x'].map((query) => `returns/statistics${query}`),
    ...['?cohort=2026', '?cohort=2025', '?cohort=26'].map((query) => `returns/re-entry${query}`),
    ...['', '?limit=3', '?originator=AL'].map((query) => `encounters${query}`),
    ...['', '?country=RS', '?originator=GB'].map((query) => `hub-talks${query}`),
    // As drawn: encounters, talks, returns; at the end a document, and one that isn't there.
    ...[...ids.slice(0, 8), ...ids.slice(-1)].map((id) => `encounters/${id}`),
    ...[...ids.slice(8, 12), ...ids.slice(-1)].map((id) => `hub-talks/${id}`),
    ...[...ids.slice(12, 22), ...ids.slice(-2)].flatMap((id) => [`returns/${id}`, `returns/${id}/re-entries`]),
  ],
  routes: [
    ...['returns 200', 'returns 400', 'returns/:id 200', 'returns/:id 404', 'returns/:id/re-entries 200'],
    ...['returns/statistics 200', 'returns/re-entry 200', 'encounters 200', 'encounters/:id 200'],
    ...['encounters/:id 404', 'hub-talks 200', 'hub-talks/:id 200', 'hub-talks/:id 404'],
  ],
};
