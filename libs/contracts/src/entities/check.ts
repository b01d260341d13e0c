import { ASSERTIONS } from '../codes/index.ts';
import { parseEntityId } from '../ids/index.ts';
import type { EntityInput, ProtectionClaim } from '../schemas/reports.ts';
import { Findings } from './findings.ts';
import { isKnownGlobal, missingEnds, referenceFlaw, type Surroundings } from './links.ts';
import { isA, schemaInfo, type PropertyInfo, type SchemaInfo } from './model.ts';
import { isKnownCountry, MAX_ENTITIES, MAX_VALUES, normalizeValue, valueFlaw } from './values.ts';

/** An entity that passed: country codes in lower case, properties without values left out. Ids are still as given. */
export type CheckedEntity = Omit<EntityInput, 'properties'> & { properties: Record<string, string[]> };

export interface EntityCheckOptions extends Omit<Surroundings, 'locals'> {
  /** Where the list stands in the request; `/entities` unless it is a tear line's. */
  path?: string;
}

/**
 * Checks a report's entities against the FollowTheMoney model and the rules of statements: schemas and properties, values
 * by their type, links whose ends are there and of the right schema, a data-subject category for every person (LED Art.
 * 6), fact or assessment (Art. 7), a protection claim on persons only. Answers them normalised. Throws RuleBroken
 * `entity.invalid` with up to 20 places, never echoing a value.
 */
export function checkEntities(entities: readonly EntityInput[], options: EntityCheckOptions): CheckedEntity[] {
  const findings = new Findings(options.path ?? '/entities');
  if (entities.length > MAX_ENTITIES) findings.add([], 'maxItems', `A report has at most ${MAX_ENTITIES} entities.`);
  const locals = new Map(entities.map(({ id, schema }) => [id, schema]));
  const checker = new Checker(findings, { ...options, locals });
  const checked: CheckedEntity[] = [];
  for (let n = 0; n < entities.length && !findings.full; n++) checked.push(checker.entity(entities[n]!, n));
  findings.settle();
  return checked;
}

/** All ids in a report's entities that look global: what `known` will be asked about, for looking them up at once. */
export function globalReferences(entities: readonly EntityInput[]): string[] {
  const found = new Set<string>();
  const look = (id: string): void => void (parseEntityId(id) && found.add(id));
  for (const { id, schema, properties } of entities) {
    look(id);
    const info = schemaInfo(schema);
    for (const name in properties) if (info?.properties.get(name)?.type === 'entity') properties[name]!.forEach(look);
  }
  return [...found];
}

/** Entities with their global ids, in links too. `ids` maps local ids to global ones; a global id stays what it is. */
export function withGlobalIds<E extends { id: string; schema: string; properties: Record<string, string[]> }>(
  entities: readonly E[],
  ids: ReadonlyMap<string, string>,
): E[] {
  const global = (id: string): string => ids.get(id) ?? id;
  return entities.map((entity) => {
    const info = schemaInfo(entity.schema);
    const properties: Record<string, string[]> = {};
    for (const name in entity.properties) {
      const values = entity.properties[name]!;
      properties[name] = info?.properties.get(name)?.type === 'entity' ? values.map(global) : values;
    }
    return { ...entity, id: global(entity.id), properties };
  });
}

class Checker {
  private readonly seen = new Set<string>();

  constructor(
    private readonly findings: Findings,
    private readonly around: Surroundings,
  ) {}

  entity(entity: EntityInput, n: number): CheckedEntity {
    this.id(entity.id, n);
    const info = this.schema(entity.schema, n);
    const properties = info ? this.properties(entity.properties ?? {}, info, n) : {};
    this.statement(entity, n);
    const claim = this.claim(entity, n);
    return { ...entity, properties, ...(claim === undefined ? {} : { protectionClaim: claim }) };
  }

  private id(id: string, n: number): void {
    if (this.seen.has(id)) this.findings.add([n, 'id'], 'unique', 'Another entity of this report has the same id.');
    this.seen.add(id);
    if (parseEntityId(id) && !isKnownGlobal(id, this.around)) {
      this.findings.add([n, 'id'], 'unknown-entity', 'This is a global id that this member has not used before.');
    }
  }

  private schema(schema: string, n: number): SchemaInfo | undefined {
    const info = schemaInfo(schema);
    if (!info) this.findings.add([n, 'schema'], 'unknown-schema', 'FollowTheMoney has no such schema.');
    if (info?.abstract) this.findings.add([n, 'schema'], 'abstract-schema', 'This schema only serves to be extended.');
    return info;
  }

  private properties(given: Record<string, string[]>, info: SchemaInfo, n: number): Record<string, string[]> {
    const properties: Record<string, string[]> = {};
    for (const name in given) {
      const values = given[name]!;
      const property = info.properties.get(name);
      if (!property)
        this.findings.add([n, 'properties', name], 'unknown-property', `${info.name} has no such property.`);
      else if (property.stub)
        this.findings.add([n, 'properties', name], 'stub', 'This is said by a link, not by the entity.');
      else if (values.length > 0) properties[name] = this.values(values, property, n);
    }
    for (const end of missingEnds(info, properties)) {
      this.findings.add([n, 'properties', end], 'required', 'A link names both of its ends.');
    }
    return properties;
  }

  private values(values: string[], property: PropertyInfo, n: number): string[] {
    const at = [n, 'properties', property.name];
    if (values.length > MAX_VALUES) this.findings.add(at, 'maxItems', `A property has at most ${MAX_VALUES} values.`);
    const normalized = values.slice(0, MAX_VALUES).map((value) => normalizeValue(property.type, value));
    for (const value of normalized) {
      const flaw =
        property.type === 'entity' ? referenceFlaw(value, property, this.around) : valueFlaw(property.type, value);
      if (flaw) {
        this.findings.add(at, flaw.rule, flaw.message);
        break;
      }
    }
    return normalized;
  }

  private statement({ schema, assertion, subjectCategory }: EntityInput, n: number): void {
    if (!ASSERTIONS.includes(assertion)) {
      this.findings.add([n, 'assertion'], 'required', 'Every statement says whether it is a fact or an assessment.');
    }
    // A LegalEntity may be a person: whoever writes one knows no better.
    if ((schema === 'Person' || schema === 'LegalEntity') && subjectCategory === undefined) {
      this.findings.add(
        [n, 'subjectCategory'],
        'required',
        'Every person has a data-subject category, such as victim or suspect.',
      );
    }
  }

  private claim({ schema, protectionClaim }: EntityInput, n: number): ProtectionClaim | undefined {
    if (protectionClaim === undefined) return undefined;
    if (!isA(schema, 'Person')) {
      this.findings.add([n, 'protectionClaim'], 'person-only', 'Only a person can claim protection.');
    }
    if (protectionClaim === true) return true;
    const countries = Object.entries(protectionClaim).map(([name, codes]) => {
      if (!codes.every(isKnownCountry)) {
        this.findings.add([n, 'protectionClaim', name], 'country', 'Each must be a country code, such as sy.');
      }
      return [name, codes.map((code) => code.toLowerCase())] as const;
    });
    return Object.fromEntries(countries);
  }
}
