import {
  edgeEnds,
  entityProperties,
  identifiersOf,
  isEdge,
  nameKeys,
  nationalities,
  parseEntityId,
  type EntityContent,
  type ReportContent,
} from '#contracts';
import type { Row, Rows } from '../records/record.ts';
import { innerTable, protectedTable } from '../records/tables.ts';
import type { Released, View } from '../records/view.ts';

/** Properties by which a person searches for a name. */
const NAMES = ['name', 'alias', 'weakAlias', 'previousName', 'firstName', 'secondName', 'middleName', 'lastName'];

/** No node says longer ones; an index could not hold them. */
const LONGEST_VALUE = 1000;
const LONGEST_WORD = 100;

const valuesOf = ({ properties }: EntityContent, property: string): readonly string[] => properties[property] ?? [];

function entityRow(entity: EntityContent, position: number): Row {
  return {
    entity: entity.id,
    position,
    schema: entity.schema,
    assertion: entity.assertion,
    subject_category: entity.subjectCategory ?? null,
    nationalities: nationalities(entity),
  };
}

function statementRows({ id, properties, assertion }: EntityContent): Row[] {
  return Object.entries(properties).flatMap(([property, values]) =>
    values.map((value, position) => ({ entity: id, property, position, value, assertion })),
  );
}

function linkRows(entity: EntityContent): Row[] {
  const { id: link, schema, assertion } = entity;
  return endsOf(entity).map(([source, target]) => ({ link, schema, source, target, assertion }));
}

/** Each pair once, although several properties, or one with a value twice, may name it. */
function endsOf(entity: EntityContent): [source: string, target: string][] {
  const ends = edgeEnds(entity.schema);
  if (!ends) {
    const named = entityProperties(entity.schema).flatMap(({ name }) => valuesOf(entity, name));
    return [...new Set(named)].map((target) => [entity.id, target]);
  }
  const [sources, targets] = [new Set(valuesOf(entity, ends.source)), new Set(valuesOf(entity, ends.target))];
  return [...sources].flatMap((source) => [...targets].map((target): [string, string] => [source, target]));
}

function nameRows(entity: EntityContent): Row[] {
  const keys = NAMES.flatMap((property) => valuesOf(entity, property)).flatMap(nameKeys);
  return [...new Set(keys.map((key) => key.slice(0, LONGEST_WORD)))].map((key) => ({ entity: entity.id, key }));
}

/** A document's number is short; what is longer compares with nothing. */
const isShort = (text: string): boolean => text.length <= LONGEST_WORD;

function mustBeBounded({ id, schema, properties }: EntityContent): void {
  const words = [id, schema, ...Object.keys(properties)];
  const named = entityProperties(schema).flatMap(({ name }) => properties[name] ?? []);
  const values = Object.values(properties).flat();
  if ([...words, ...named].every(isShort) && values.every(({ length }) => length <= LONGEST_VALUE)) return;
  throw new RangeError('An entity holds a value that is too long');
}

/** An entity is its originator's: no member speaks of another's, or it would stand under that one's name. */
function mustBeOwn(originator: string, { id, schema, properties }: EntityContent): void {
  const named = entityProperties(schema).flatMap(({ name }) => properties[name] ?? []);
  if ([id, ...named].every((name) => parseEntityId(name)?.member === originator)) return;
  throw new RangeError("An entity is, or names, another member's");
}

/**
 * Rows of whatever speaks of the originator's FollowTheMoney entities: each value a statement of its record. Throws
 * RangeError.
 */
export function networkRows(originator: string, entities: readonly EntityContent[]): Rows {
  if (new Set(entities.map(({ id }) => id)).size < entities.length)
    throw new RangeError('An entity stands there twice');
  entities.forEach((entity) => mustBeOwn(originator, entity));
  entities.forEach(mustBeBounded);
  const things = entities.filter(({ schema }) => !isEdge(schema));
  return {
    entities: things.map(entityRow),
    statements: entities.flatMap(statementRows),
    links: entities.flatMap(linkRows),
    names: things.flatMap(nameRows),
    identifiers: identifiersOf(entities)
      .filter(({ value }) => isShort(value))
      .map((row) => ({ ...row })),
  };
}

const fromReport = {
  kind: null,
  rows: ({ originator, content }: Released): Rows => networkRows(originator, (content as ReportContent).entities),
};

export const networksView: View = {
  name: 'networks',
  script: new URL('./schema.sql', import.meta.url),
  tables: [
    protectedTable(
      'entities',
      {
        entity: 'text',
        position: 'integer',
        schema: 'text',
        assertion: 'text',
        subject_category: 'text',
        nationalities: 'text[]',
      },
      { key: ['entity'], follows: ['updated_at'] },
    ),
    protectedTable(
      'statements',
      { entity: 'text', property: 'text', position: 'integer', value: 'text', assertion: 'text' },
      { key: ['entity', 'property', 'position'], follows: ['updated_at'] },
    ),
    protectedTable(
      'links',
      { link: 'text', schema: 'text', source: 'text', target: 'text', assertion: 'text' },
      { key: ['link', 'source', 'target'] },
    ),
    protectedTable('names', { entity: 'text', key: 'text' }, { key: ['entity', 'key'] }),
    innerTable('identifiers', { entity: 'text', kind: 'text', value: 'text' }, { key: ['entity', 'kind', 'value'] }),
  ],
  projections: {
    'accord.intelligence.report-released.v1': fromReport,
    'accord.intelligence.report-amended.v1': fromReport,
  },
};
