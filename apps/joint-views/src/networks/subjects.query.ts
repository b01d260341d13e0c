import type { Sql } from '#sql';
import type { Seen } from '../consultation/entry.ts';
import { Conditions } from '../reading/conditions.ts';
import { stampOf, type ListRow, type PageAsked } from '../reading/keyset.ts';

export interface SubjectFilter {
  /** For each word of the name, the keys that it may be found by: one of each must be there. */
  names?: readonly (readonly string[])[];
  /** A schema and its kinds. */
  schemas?: readonly string[];
  nationality?: string;
  originator?: string;
  since?: string;
  until?: string;
}

export type SubjectRow = ListRow;

// An entity stands at its newest row that this viewer sees: the rule filters both readings of the table.
const NEWEST = `not exists (
  select 1 from views.entities n
  where n.entity = e.entity and (n.updated_at, n.record) > (e.updated_at, e.record))`;
const SOME = (condition: string) =>
  `exists (select 1 from views.entities s where s.entity = e.entity and ${condition})`;

// Materialised, because a guess at how common two words are together led to plans a hundred times slower.
const FOUND_BY = 'select n.entity from views.names n where n.key = any ($::text[])';

/** One more entity than asked, newest first. */
export const listSubjects = (sql: Sql, filter: SubjectFilter, { limit, after }: PageAsked): Promise<SubjectRow[]> => {
  const where = new Conditions()
    .where('e.updated_at >= $::timestamptz', filter.since)
    .where('e.updated_at <= $::timestamptz', filter.until)
    .where(SOME('s.schema = any ($::text[])'), filter.schemas)
    .where(SOME('$ = any (s.nationalities)'), filter.nationality)
    .where(SOME('s.originator = $'), filter.originator);
  const names = (filter.names ?? []).map((keys) => FOUND_BY.replace('$', () => where.param(keys)));
  if (names.length > 0) where.and('e.entity in (select f.entity from found f)');
  if (after)
    where.and(`(e.updated_at, e.entity) < (${where.param(after.stamp)}::timestamptz, ${where.param(after.id)})`);
  const found = names.length > 0 ? `with found as materialized (${names.join(' intersect ')})` : '';
  const text = `${found} select e.entity as id, ${stampOf('e.updated_at')} from views.entities e where ${NEWEST} and ${where}
    order by e.updated_at desc, e.entity desc limit ${where.param(limit + 1)}::int`;
  return sql.query<SubjectRow>(text, where.params);
};

/** A visible record's row of an entity. */
export interface Appearance extends Seen {
  entity: string;
  schema: string;
}

/** Every visible record that speaks of these entities, the newest first for each. */
export const appearancesOf = (sql: Sql, entities: readonly string[]): Promise<Appearance[]> =>
  sql.query(
    `select e.entity, e.record, e.originator, e.schema from views.entities e where e.entity = any ($1::text[])
     order by e.entity, e.updated_at desc, e.record desc`,
    [entities],
  );

export interface FirstValue {
  entity: string;
  property: string;
  value: string;
}

/** The first value of each of these properties, the newest record's first. */
export const firstValuesOf = (
  sql: Sql,
  entities: readonly string[],
  properties: readonly string[],
): Promise<FirstValue[]> =>
  sql.query(
    `select distinct on (s.entity, s.property) s.entity, s.property, s.value from views.statements s
     where s.entity = any ($1::text[]) and s.property = any ($2::text[])
     order by s.entity, s.property, s.updated_at desc, s.record desc, s.position`,
    [entities, properties],
  );

export interface StatementRow extends Seen {
  property: string;
  value: string;
  assertion: string;
}

/** Every visible statement of an entity: the newest record's first, each in its order. */
export const statementsOf = (sql: Sql, entity: string): Promise<StatementRow[]> =>
  sql.query(
    `select s.property, s.value, s.assertion, s.record, s.originator from views.statements s where s.entity = $1
     order by s.property collate "C", s.updated_at desc, s.record desc, s.position`,
    [entity],
  );

export interface LinkRow extends Seen {
  source: string;
  target: string;
  schema: string;
}

const LINK = 'distinct l.source, l.target, l.schema, l.record, l.originator';
const ORDER = 'order by l.source, l.target, l.schema, l.record';

/** Every visible statement of a link that begins or ends at one of these entities. */
export const linksAt = (sql: Sql, entities: readonly string[]): Promise<LinkRow[]> =>
  sql.query(
    `select ${LINK} from views.links l
     where (l.source = any ($1::text[]) or l.target = any ($1::text[])) and l.source <> l.target ${ORDER}`,
    [entities],
  );

/** Every visible statement of a link between two of these entities. */
export const linksAmong = (sql: Sql, entities: readonly string[]): Promise<LinkRow[]> =>
  sql.query(
    `select ${LINK} from views.links l
     where l.source = any ($1::text[]) and l.target = any ($1::text[]) and l.source <> l.target ${ORDER}`,
    [entities],
  );

/** Entities one link away from these, that a visible record speaks of and that aren't known yet; the first `limit` by id. */
export const neighboursOf = (
  sql: Sql,
  frontier: readonly string[],
  known: readonly string[],
  limit: number,
): Promise<{ entity: string }[]> =>
  sql.query(
    `select n.entity from (
       select l.target as entity from views.links l where l.source = any ($1::text[])
       union select l.source from views.links l where l.target = any ($1::text[])
     ) n
     where n.entity <> all ($2::text[]) and exists (select 1 from views.entities e where e.entity = n.entity)
     order by n.entity limit $3::int`,
    [frontier, known, limit],
  );
