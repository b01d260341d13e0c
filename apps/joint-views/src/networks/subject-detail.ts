import type { Sql } from '#sql';
import type { Seen } from '../consultation/entry.ts';
import { namesToValues } from '../reading/names-to-values.ts';
import { profilesOf, type Profile } from './profiles.ts';
import { linksAt, statementsOf, type LinkRow, type StatementRow } from './subjects.query.ts';

interface Property {
  value: string;
  assertion: string;
  report: string;
  originator: string;
}

interface Link {
  schema: string;
  other: { id: string; caption: string; schema: string };
  reports: string[];
}

/** All that this viewer's records say of an entity, with the records; null where none speaks of it. */
export const describeSubject = async (sql: Sql, id: string) => {
  const own = (await profilesOf(sql, [id])).get(id);
  if (!own) return null;
  const statements = await statementsOf(sql, id);
  const links = await linksAt(sql, [id]);
  const others = await profilesOf(sql, [...new Set(links.map((link) => otherEnd(link, id)))]);
  // A link to what no visible record speaks of would hang in the air: it isn't shown.
  const shown = links.filter((link) => others.has(otherEnd(link, id)));
  return {
    answer: {
      id,
      schema: own.schema,
      caption: own.caption,
      properties: propertiesOf(statements),
      reports: own.records.map(({ record }) => record),
      links: linksOf(shown, id, others),
    },
    records: [
      ...own.records,
      ...statements,
      ...shown,
      ...[...others.values()].flatMap(({ records }) => records),
    ] as Seen[],
  };
};

const otherEnd = (link: LinkRow, id: string): string => (link.source === id ? link.target : link.source);

const propertiesOf = (statements: readonly StatementRow[]): Record<string, Property[]> => {
  const properties = namesToValues<Property>();
  for (const { property, value, assertion, record, originator } of statements) {
    (properties[property] ??= []).push({ value, assertion, report: record, originator });
  }
  return properties;
};

const linksOf = (links: readonly LinkRow[], id: string, others: Map<string, Profile>): Link[] => {
  const merged = new Map<string, Link>();
  for (const link of links) {
    const { id: other, caption, schema } = others.get(otherEnd(link, id))!;
    const key = `${link.schema} ${other}`;
    const known = merged.get(key) ?? { schema: link.schema, other: { id: other, caption, schema }, reports: [] };
    if (!known.reports.includes(link.record)) known.reports.push(link.record);
    merged.set(key, known);
  }
  return [...merged.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, link]) => link);
};
