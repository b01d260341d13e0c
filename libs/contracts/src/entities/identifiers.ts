import { isA, schemaInfo } from './model.ts';
import type { Properties } from './describe.ts';

/** What kind of document or register a number is from: numbers compare within one kind only. */
export type IdentifierKind = 'passport' | 'national-id' | 'tax' | 'register' | 'vehicle' | 'vessel';

/** By the schema that has them; what extends it has them too. */
const KINDS: Record<string, Record<string, IdentifierKind>> = {
  Person: { passportNumber: 'passport', socialSecurityNumber: 'national-id' },
  Passport: { number: 'passport', passportNumber: 'passport', personalNumber: 'national-id' },
  LegalEntity: { idNumber: 'national-id', taxNumber: 'tax', vatCode: 'tax', registrationNumber: 'register' },
  Vehicle: { registrationNumber: 'vehicle' },
  Vessel: { imoNumber: 'vessel', mmsi: 'vessel' },
};

/** An identification that is no passport is taken for a national one: its type is free text. */
const IDENTIFICATION: Record<string, IdentifierKind> = { number: 'national-id' };

function kindsOf(schema: string): Record<string, IdentifierKind> {
  if (isA(schema, 'Identification') && !isA(schema, 'Passport')) return IDENTIFICATION;
  const own = Object.keys(KINDS).filter((name) => isA(schema, name));
  return Object.assign({}, ...own.map((name) => KINDS[name])) as Record<string, IdentifierKind>;
}

/**
 * The properties of a schema that hold a document's or a national identifier: strong enough that the same value means
 * the same thing (deconfliction, a claim made later). Names, phones and accounts aren't.
 */
export function identifierProperties(schema: string): readonly { name: string; kind: IdentifierKind }[] {
  if (!schemaInfo(schema)) return [];
  let found = KNOWN.get(schema);
  if (!found) KNOWN.set(schema, (found = Object.entries(kindsOf(schema)).map(([name, kind]) => ({ name, kind }))));
  return found;
}

const KNOWN = new Map<string, readonly { name: string; kind: IdentifierKind }[]>();

/** As identifiers are compared: in capitals, without spaces, hyphens and other signs. */
export function normalizeIdentifier(value: string): string {
  return value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

export interface Identifier {
  entity: string;
  kind: IdentifierKind;
  /** Normalised. */
  value: string;
}

/**
 * The identifiers of a report's entities, each once. A passport's number is its own and its holder's, so that it finds
 * the person too.
 */
export function identifiersOf(
  entities: readonly { id: string; schema: string; properties: Properties }[],
): Identifier[] {
  const found = new Map<string, Identifier>();
  for (const entity of entities) {
    const bearers = isA(entity.schema, 'Identification')
      ? [entity.id, ...(entity.properties['holder'] ?? [])]
      : [entity.id];
    for (const { kind, value } of numbersOf(entity)) {
      for (const bearer of bearers) found.set(JSON.stringify([bearer, kind, value]), { entity: bearer, kind, value });
    }
  }
  return [...found.values()];
}

function numbersOf({ schema, properties }: { schema: string; properties: Properties }): Omit<Identifier, 'entity'>[] {
  const all = identifierProperties(schema).flatMap(({ name, kind }) =>
    (properties[name] ?? []).map((value) => ({ kind, value: normalizeIdentifier(value) })),
  );
  return all.filter(({ value }) => value !== '');
}
