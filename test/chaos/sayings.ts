import type { AccessAttributes, EntityContent, Shield } from '#contracts';
import {
  amended,
  approved,
  arrests,
  concluded,
  ended,
  launched,
  person,
  planned,
  released,
  reshielded,
} from '../../apps/joint-views/src/intake/testing/said.ts';
import { uuid, type Said } from '../../apps/joint-views/src/intake/testing/source.ts';
import type { Random } from '../access/random.ts';

export const FOUNDERS = ['GB', 'AL', 'XK'];
export const NEWCOMER = 'MK';
const EVERYBODY = [...FOUNDERS, NEWCOMER, 'ME'];
const COUNTRIES = ['gb', 'al', 'xk', 'mk', 'me', 'sy'];
const NAMES = ['Arben Shembulli', 'Besa Shembulli', 'Хоџа'];

/** What a member has at hand when it speaks: its own records, and ids that others use too. */
export interface Speaker {
  member: string;
  /** How far the registry has spoken. */
  registry: number;
  /** Whether it uses ids that others use, too. */
  shares: boolean;
  /** Counts what it says, so that ids and versions differ. */
  turn: number;
}

const list = (what: string, count: number) => Array.from({ length: count }, (_, n) => uuid(`${what} ${n}`));
/** Ids that more than one member may use for records of its own. */
const SHARED = list('shared', 2);
const OPERATIONS = list('operation', 3);
const operationOf = (member: string) => uuid(`${member} operation`);

const recordsOf = ({ member, shares }: Speaker) => [...list(`${member} record`, 4), ...(shares ? SHARED : [])];
const entityOf = (member: string, n: number) => `${member}:${uuid(`${member} entity ${n}`)}`;
const shieldOf = (random: Random): Shield => (random.chance(0.1) ? 'ALL' : random.some(COUNTRIES, 0.25));

function accessOf(random: Random, { registry }: Speaker): Partial<AccessAttributes> {
  return {
    audience: random.some(EVERYBODY, 0.6),
    taskforce: random.chance(0.3),
    registrysequence: random.chance(0.3) ? registry : 0,
    classification: random.pick(['OFFICIAL', 'OFFICIAL-SENSITIVE', 'SECRET']),
    purposes: random.chance(0.8) ? ['people-smuggling'] : ['document-fraud', 'organised-crime'],
    handlingcodes: random.some(['H0', 'H1'], 0.5),
    // An embargo, over or not.
    ...(random.chance(0.2) && { notbefore: random.pick(['2026-02-01T00:00:00Z', '2098-02-01T00:00:00Z']) }),
    ...(random.chance(0.1) && { reviewby: '2026-01-15' }),
  };
}

function entities(random: Random, { member }: Speaker): EntityContent[] {
  const people = [0, 1, 2, 3].filter(() => random.chance(0.4)).map((n) => someone(random, entityOf(member, n)));
  if (people.length < 2) return people;
  const [one, other] = people;
  const properties = { subject: [one!.id], object: [other!.id] };
  return [
    ...people,
    { ...one!, id: entityOf(member, 9), schema: 'UnknownLink', properties, subjectCategory: undefined },
  ];
}

const someone = (random: Random, id: string): EntityContent => ({
  ...person(0, ''),
  id,
  properties: {
    name: random.some(NAMES, 0.6),
    ...(random.chance(0.4) && { idNumber: [`I${random.below(3)}`] }),
    ...(random.chance(0.4) && { nationality: ['al'] }),
  },
});

function report(random: Random, speaker: Speaker, record: string): Said {
  const said = {
    version: 1 + random.below(speaker.turn + 1),
    shield: shieldOf(random),
    access: accessOf(random, speaker),
    entities: entities(random, speaker),
    title: `Title ${random.below(9)}`,
  };
  return random.chance(0.5) ? released(record, said) : amended(record, said);
}

/** A poorer rendition for more members, which follows its report's shield but is a record of its own. */
function tearLine(random: Random, speaker: Speaker, record: string): Said[] {
  const full = report(random, speaker, record);
  const { sealed, access } = full;
  const content = { ...sealed!.content, title: 'Tear line', entities: [] };
  const poorer = { ...access!, audience: EVERYBODY, classification: 'OFFICIAL' as const };
  return [full, { ...full, subject: uuid(`tear line of ${record}`), access: poorer, sealed: { ...sealed, content } }];
}

const contributed = (content: object, what: string, from: Said): Said => ({
  ...from,
  type: `accord.operations.${what}.v1`,
  sealed: { ...from.sealed, content },
});

function contribution(random: Random, record: string, operation: string): Said {
  const said = arrests(record, operation, shieldOf(random));
  const at = '2026-01-01T05:00:00Z';
  const worth = random.chance(0.5) && { value: { amount: '1200.50', currency: 'EUR' } };
  return random.pick([
    said,
    contributed(
      { operation, kind: 'boat', quantity: 1 + random.below(3), unit: 'item', at, ...worth },
      'seizure-made',
      said,
    ),
    contributed({ operation, count: 1 + random.below(30), at, place: 'Durrës' }, 'people-rescued', said),
  ]);
}

const unreadable = (said: Said, random: Random): Said =>
  random.chance(0.5) ? { ...said, text: '{"shield":[]}' } : { ...said, sealed: undefined, text: undefined };

/** What a member may say next, sensible or not; together with what it says in the same breath. */
export function sayNext(random: Random, speaker: Speaker): Said[] {
  const { member, turn, shares } = speaker;
  const record = random.pick(recordsOf(speaker));
  const operation = random.pick(shares ? OPERATIONS : FOUNDERS.map(operationOf));
  const led = shares ? operation : operationOf(member);
  const own = uuid(`${member} contribution ${random.below(3)}`);
  const claim = uuid(`${member} claim ${operation}`);
  const one = (said: () => Said) => () => [said()];
  const kinds: (() => Said[])[] = [
    one(() => report(random, speaker, record)),
    one(() => report(random, speaker, record)),
    one(() => report(random, speaker, record)),
    () => tearLine(random, speaker, record),
    one(() => ended(record, random.pick(['recalled', 'recalled', 'expired'] as const))),
    one(() => (random.chance(0.3) ? ended(record, 'erased') : report(random, speaker, record))),
    one(() => reshielded(random.chance(0.7) ? record : led, shieldOf(random))),
    one(() => plan(random, speaker, led)),
    one(() => (random.chance(0.6) ? launched(led) : concluded(led))),
    one(() => approved(claim, operation)),
    one(() => contribution(random, own, operation)),
    one(() => ended(random.pick([led, own, claim]), random.pick(['recalled', 'erased'] as const))),
    one(() => (turn % 5 === 0 ? unreadable(report(random, speaker, record), random) : report(random, speaker, record))),
  ];
  return random.pick(kinds)();
}

function plan(random: Random, speaker: Speaker, operation: string): Said {
  const targets = [0, 1].filter(() => random.chance(0.5)).map((n) => entityOf(speaker.member, n));
  const said = planned(operation, { participants: random.some(FOUNDERS, 0.7), shield: shieldOf(random), targets });
  return { ...said, access: { ...said.access!, audience: random.some(EVERYBODY, 0.7) } };
}
