import { identifiersOf, isA, nationalities, parseEntityId, type ProtectionClaim } from '#contracts';
import type { PersonFacts, Touch } from './record-module.ts';

/** What a touch is read from; an entity of a report has all of it. */
export interface TouchingEntity {
  id: string;
  schema: string;
  properties: Readonly<Record<string, readonly string[]>>;
  protectionClaim?: ProtectionClaim;
}

const factsOf = ({ properties, protectionClaim }: TouchingEntity): PersonFacts => {
  const claim = typeof protectionClaim === 'object' ? protectionClaim : {};
  return {
    claimed: protectionClaim !== undefined,
    nationalities: nationalities({ properties }),
    others: [...(claim.habitualResidence ?? []), ...(claim.persecutors ?? [])],
  };
};

/** The same person may stand in a report and in its tear line. */
const bothOf = (one: PersonFacts | null, other: PersonFacts | null): PersonFacts | null =>
  one && other
    ? {
        claimed: one.claimed || other.claimed,
        nationalities: [...new Set([...one.nationalities, ...other.nationalities])],
        others: [...new Set([...one.others, ...other.others])],
      }
    : (one ?? other);

const merge = (
  touches: Map<string, Touch>,
  entity: string,
  person: PersonFacts | null,
  identifiers: readonly string[],
): void => {
  const before = touches.get(entity);
  if (!before) touches.set(entity, { entity, person, identifiers });
  else if (person || identifiers.length > 0) touches.set(entity, both(before, { entity, person, identifiers }));
};

const both = (one: Touch, other: Touch): Touch => ({
  entity: one.entity,
  person: bothOf(one.person, other.person),
  identifiers: [...new Set([...one.identifiers, ...other.identifiers])],
});

/** The entities that one names. */
function* namesIn({ properties }: TouchingEntity): Generator<string> {
  for (const name in properties) for (const value of properties[name]!) if (parseEntityId(value)) yield value;
}

/** Whom and what these entities are about, or name: one touch each. */
export const touchesOf = (entities: readonly TouchingEntity[]): readonly Touch[] => {
  let touches = KNOWN.get(entities);
  if (!touches) KNOWN.set(entities, (touches = touchesIn(entities)));
  return touches;
};

/** A report is asked for its touches when it comes, and again when it is listed: its entities never change. */
const KNOWN = new WeakMap<readonly TouchingEntity[], readonly Touch[]>();

const touchesIn = (entities: readonly TouchingEntity[]): Touch[] => {
  const touches = new Map<string, Touch>();
  for (const entity of entities) {
    merge(touches, entity.id, isA(entity.schema, 'Person') ? factsOf(entity) : null, []);
    for (const name of namesIn(entity)) merge(touches, name, null, []);
  }
  for (const { entity, kind, value } of identifiersOf(entities)) merge(touches, entity, null, [`${kind} ${value}`]);
  return [...touches.values()];
};

const joined = (touches: readonly Touch[]): Touch[] => {
  const all = new Map<string, Touch>();
  for (const { entity, person, identifiers } of touches) merge(all, entity, person, identifiers);
  return [...all.values()];
};

/** Of what a record said before: whatever was known of somebody who had claimed by then. It outlives its amendment. */
export const claimantsAmong = (said: readonly TouchingEntity[], before: readonly Touch[]): Touch[] => {
  const claimed = new Set(before.map(({ entity }) => entity));
  const people = touchesOf(said).filter(({ entity, person }) => person?.claimed === true || claimed.has(entity));
  return joined([...before, ...people]);
};

/** Whom a record is about by what it says now and by what is remembered of claims. */
export const touchesWith = (claimants: readonly Touch[], said: readonly TouchingEntity[]): readonly Touch[] =>
  claimants.length === 0 ? touchesOf(said) : joined([...touchesOf(said), ...claimants]);

/** Entities that a record names and says nothing of. */
export const namesOf = (entities: readonly string[]): Touch[] =>
  entities.map((entity) => ({ entity, person: null, identifiers: [] }));
