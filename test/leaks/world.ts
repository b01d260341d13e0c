import type { AccessRecord } from '#access-policy';
import { CLASSIFICATIONS, type HandlingCode, type Purpose } from '#contracts';
import { NOW, uuid, type LinkGiven, type ReportGiven } from '../../apps/joint-views/src/testing/fixtures.ts';
import type { ContributionGiven, OperationGiven } from '../../apps/joint-views/src/testing/operation-fixtures.ts';
import { randomFrom, type Random } from '../access/random.ts';
import { SYSTEMS } from './systems/index.ts';
import type { Access, SystemItem } from './systems/system-world.ts';

export type { Access };

export const ACTIVE = ['GB', 'AL', 'XK'];
const PURPOSES: Purpose[] = ['people-smuggling', 'human-trafficking', 'document-fraud', 'returns'];
const NAMES = ['Arben', 'Besa', 'Drita', 'Gjon', 'Luan', 'Mira', 'Shembulli', 'Prova', 'Demo'];
const HANDLING: HandlingCode[] = ['H0', 'H1', 'H2'];
const DAY = 86_400_000;

export type Item =
  | { kind: 'report'; access: Access; given: ReportGiven }
  | { kind: 'operation'; access: Access; given: OperationGiven & { participants: string[] } }
  | { kind: 'contribution'; access: Access; given: ContributionGiven }
  | ({ kind: 'system'; name: string } & SystemItem);

export interface Claim {
  id: string;
  member: string;
  operation: string;
}

export interface World {
  items: Item[];
  claims: Claim[];
  /** Every entity that a report may speak of. */
  entities: string[];
}

/** A world that its seed determines: reports of one pool of entities, and operations; each may be hidden by anything. */
export const worldFrom = (seed: number): World => {
  const random = randomFrom(seed);
  const entities = ACTIVE.flatMap((member, i) =>
    Array.from({ length: 4 }, (_, j) => `${member}:${uuid(1000 + i * 100 + j)}`),
  );
  const reports = Array.from({ length: 16 }, (_, i) =>
    reportFrom(random, uuid(100 + i), entities, HANDLING.slice(0, 1 + (i % 3))),
  );
  const operations = Array.from({ length: 6 }, (_, i) => operationFrom(random, uuid(200 + i), entities));
  const contributions = Array.from({ length: 9 }, (_, i) => contributionFrom(random, uuid(300 + i), operations));
  const claims = Array.from({ length: 8 }, (_, i) => ({
    id: uuid(400 + i),
    member: random.pick(ACTIVE),
    operation: random.chance(0.8) ? random.pick(operations).access.id : uuid(490 + i),
  }));
  return { items: [...reports, ...operations, ...contributions, ...systemsFrom(seed)], claims, entities };
};

/** Each from a chance of its own: another system changes nothing of the others. */
const systemsFrom = (seed: number): Item[] =>
  SYSTEMS.flatMap(({ kind, draw }, n) => {
    const random = randomFrom(seed + (n + 2) * 1_000_000);
    const id = (own: number) => uuid(20_000 + n * 100 + own);
    const items = draw({ random, id, access: (of, category) => accessFrom(random, of, category) });
    return items.map((item) => ({ ...item, kind: 'system' as const, name: kind }));
  });

/** Who has a part in it beside its originator; undefined of what nobody adds to. */
export const participantsOf = (item: Item): readonly string[] | undefined =>
  item.kind === 'operation' ? item.given.participants : item.kind === 'system' ? item.participants : undefined;

/** What it is a part of; undefined of what stands alone. */
export const wholeOf = (item: Item): string | undefined =>
  item.kind === 'contribution' ? item.given.operation : item.kind === 'system' ? item.whole : undefined;

const accessFrom = (random: Random, id: string, category: AccessRecord['category']): Access => ({
  id,
  originator: random.pick(ACTIVE),
  category: random.chance(0.9) ? category : 'document',
  purposes: random.some(PURPOSES, 0.7),
  audience: random.some(ACTIVE, 0.8),
  classification: random.chance(0.6) ? 'OFFICIAL' : random.pick(CLASSIFICATIONS),
  handlingCodes: ['H0'],
  shield: random.chance(0.8) ? [] : random.chance(0.3) ? 'ALL' : random.some(['gb', 'al', 'xk', 'sy'], 0.5),
  notBefore: random.chance(0.9) ? null : NOW + random.pick([-DAY, 0, DAY]),
  reviewBy: random.chance(0.9) ? NOW + 400 * DAY : NOW + random.pick([-DAY, 0, 1]),
  state: random.chance(0.85) ? 'released' : random.pick(['recalled', 'expired', 'erased'] as const),
  withheld: random.chance(0.05),
});

const reportFrom = (random: Random, id: string, entities: readonly string[], handlingCodes: HandlingCode[]): Item => {
  const access = { ...accessFrom(random, id, 'intelligence'), handlingCodes };
  const own = random.shuffled(entities).slice(0, 1 + random.below(4));
  const given: ReportGiven = {
    ...access,
    updated: random.below(12),
    title: `Report ${random.below(1000)}`,
    entities: own.map((entity) => ({
      id: entity,
      schema: random.pick(['Person', 'Person', 'Organization', 'Vehicle']),
      properties: {
        name: [`${random.pick(NAMES)} ${random.pick(NAMES)}`],
        ...(random.chance(0.5) ? { nationality: [random.pick(['al', 'xk'])] } : {}),
      },
    })),
    // A link may end at what this report doesn't speak of.
    links: Array.from({ length: random.below(4) }, (_, i) => linkFrom(random, i, own, entities)),
  };
  return { kind: 'report', access, given };
};

const linkFrom = (random: Random, i: number, own: readonly string[], entities: readonly string[]): LinkGiven => ({
  id: `GB:${uuid(5000 + i)}`,
  schema: random.pick(['Associate', 'Membership']),
  source: random.pick(own),
  target: random.pick(random.chance(0.7) ? own : entities),
});

const operationFrom = (random: Random, id: string, entities: readonly string[]): Item & { kind: 'operation' } => {
  const access = accessFrom(random, id, 'operation');
  // Own entities only: what two leads share is told on purpose, in notices.
  const targets = random.some(
    entities.filter((entity) => entity.startsWith(access.originator)),
    0.4,
  );
  const participants = random.some(
    ACTIVE.filter((member) => member !== access.originator),
    0.7,
  );
  const given = { ...access, targets, participants, updated: random.below(6), launched: random.chance(0.5) };
  return { kind: 'operation', access, given };
};

const contributionFrom = (random: Random, id: string, operations: readonly (Item & { kind: 'operation' })[]): Item => {
  const { access: of, given: operation } = random.pick(operations);
  const originator = random.pick([of.originator, ...operation.participants]);
  const shield = of.shield === 'ALL' ? of.shield : [...of.shield, ...random.some(['gb', 'al', 'xk'], 0.1)];
  const access: Access = { ...of, id, originator, shield };
  const what = random.chance(0.5)
    ? { kind: 'arrests' as const, count: 1 + random.below(9) }
    : { kind: 'seizure' as const, seizureKind: 'boat', quantity: 1 + random.below(9), unit: 'item' };
  return { kind: 'contribution', access, given: { ...access, operation: of.id, ...what } };
};
