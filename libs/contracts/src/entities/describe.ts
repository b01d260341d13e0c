import { schemaInfo, type PropertyInfo } from './model.ts';

export type Properties = Readonly<Record<string, readonly string[]>>;

/** Whether entities of this schema are links: Membership, Ownership, UnknownLink… */
export function isEdge(schema: string): boolean {
  return edgeEnds(schema) !== null;
}

/** The names of the properties that hold a link's two ends, or null for what is no link. */
export function edgeEnds(schema: string): { source: string; target: string } | null {
  return schemaInfo(schema)?.edge ?? null;
}

const NAMING = new Map<string, readonly { name: string; range: string }[]>();

/** The properties that name other entities, a link's ends among them, with the schema that they are of. */
export function entityProperties(schema: string): readonly { name: string; range: string }[] {
  const info = schemaInfo(schema);
  if (!info) return [];
  let naming = NAMING.get(schema);
  if (!naming) NAMING.set(schema, (naming = [...info.properties.values()].filter(isNaming).map(rangeOf)));
  return naming;
}

const isNaming = ({ type, stub }: PropertyInfo): boolean => type === 'entity' && !stub;
const rangeOf = ({ name, range }: PropertyInfo) => ({ name, range: range ?? 'Thing' });

/** What an entity is called, from the values at hand; its schema's name where none of them names it. */
export function captionOf(schema: string, properties: Properties): string {
  const info = schemaInfo(schema);
  for (const name of info?.caption ?? []) {
    const value = properties[name]?.[0];
    if (value !== undefined) return value;
  }
  return info?.label ?? schema;
}
