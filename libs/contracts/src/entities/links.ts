import { parseEntityId } from '../ids/index.ts';
import { isA, schemaInfo, type PropertyInfo, type SchemaInfo } from './model.ts';

/** What an entity's properties may name. */
export interface Surroundings {
  member: string;
  /** Whether this member has used a global id before. */
  known: (globalId: string) => boolean;
  /** The schema under which it did, where that is known: then a link's range is checked, too. */
  schemaOf?: (globalId: string) => string | undefined;
  /** The report's own entities: local id to schema. */
  locals: ReadonlyMap<string, string>;
}

/** Whether an id is a global one that this member has used before. */
export function isKnownGlobal(id: string, { member, known }: Surroundings): boolean {
  return parseEntityId(id)?.member === member && known(id);
}

/** What is wrong with the name of another entity, or null. */
export function referenceFlaw(
  id: string,
  { range }: PropertyInfo,
  around: Surroundings,
): { rule: string; message: string } | null {
  const local = around.locals.get(id);
  if (local === undefined && !isKnownGlobal(id, around)) {
    return {
      rule: 'unknown-entity',
      message: 'This names no entity of the report, and none that this member has used before.',
    };
  }
  const fits = range === null || isInRange(local ?? around.schemaOf?.(id), range);
  return fits ? null : { rule: 'range', message: `This must name an entity of the schema ${range}.` };
}

/** A schema that isn't known, or isn't one of the model, is somebody else's finding. */
function isInRange(schema: string | undefined, range: string): boolean {
  return schema === undefined || schemaInfo(schema) === undefined || isA(schema, range);
}

/** The ends that a link lacks. */
export function missingEnds({ edge }: SchemaInfo, properties: Record<string, string[]>): string[] {
  if (!edge) return [];
  return [edge.source, edge.target].filter((name) => (properties[name] ?? []).length === 0);
}
