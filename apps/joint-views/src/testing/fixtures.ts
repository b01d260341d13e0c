import { accessRow, type AccessRecord, type MemberBits } from '#access-policy';
import type { Database } from '#sql';
import { nameKeys } from '#contracts';
import { insertRows } from './tables.ts';

export const BITS: MemberBits = new Map([
  ['GB', 0],
  ['AL', 1],
  ['XK', 2],
  ['MK', 3],
  ['ME', 4],
]);

/** A moment of 2026, by its second: the tests' times. */
export const at = (second: number): string => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
export const NOW = Date.UTC(2026, 5, 1);

/** A UUID that a reader can tell from another. */
export const uuid = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

const DEFAULTS: AccessRecord = {
  originator: 'GB',
  category: 'intelligence',
  purposes: ['people-smuggling'],
  audience: ['AL', 'XK'],
  classification: 'OFFICIAL',
  handlingCodes: ['H0'],
  shield: [],
  notBefore: null,
  reviewBy: Date.UTC(2099, 0, 1),
  state: 'released',
  withheld: false,
};

export interface RecordGiven extends Partial<AccessRecord> {
  id: string;
  /** Seconds; see `at`. */
  updated?: number;
}

export interface EntityGiven {
  id: string;
  schema: string;
  properties?: Record<string, string[]>;
  subjectCategory?: string;
}

export interface LinkGiven {
  id: string;
  schema: string;
  source: string;
  target: string;
}

export interface ReportGiven extends RecordGiven {
  title?: string;
  entities?: EntityGiven[];
  links?: LinkGiven[];
}

/** The rows' common part. */
export const own = ({ id, updated = 0, ...given }: RecordGiven) => {
  const record = { ...DEFAULTS, ...given };
  const access = accessRow(id, record, BITS);
  const times = { released_at: at(updated), updated_at: at(updated), version: 1 };
  return { record, access, times };
};

export const putRecord = async (db: Database, given: RecordGiven, kind = 'report'): Promise<void> => {
  const { record, access, times } = own(given);
  const shield_codes = record.shield === 'ALL' ? ['ALL'] : record.shield;
  const rest = { kind, category: record.category, shield_codes, audience_codes: record.audience, taskforce: false };
  const row = {
    ...access,
    ...rest,
    handling_codes: record.handlingCodes,
    ...times,
    sequence: 1,
    unread: false,
    stale: false,
    contested: false,
  };
  await insertRows(db, 'views.records', [row]);
};

/** A record of a system's in its snapshot table: `columns` are the module's own. */
export const putSnapshot = async (
  db: Database,
  { table, kind, columns, ...given }: RecordGiven & { table: string; kind: string; columns: object },
): Promise<void> => {
  await putRecord(db, given, kind);
  const { record, access, times } = own(given);
  await insertRows(db, `views.${table}`, [{ ...access, ...times, handling_codes: record.handlingCodes, ...columns }]);
};

export const putReport = async (db: Database, given: ReportGiven): Promise<void> => {
  const { title = 'A report', entities = [], links = [], ...recordGiven } = given;
  await putRecord(db, recordGiven);
  const { record, access, times } = own(recordGiven);
  const grading = { scheme: '3x5x2', source: '2', information: 'B', handling: 'P' };
  const codes = { handling_codes: record.handlingCodes, purpose_codes: record.purposes, category: record.category };
  await insertRows(db, 'views.reports', [
    { ...access, ...codes, ...times, title, grading, legal_basis: 'Immigration Act 1971 s.25' },
  ]);
  const { updated_at } = times;
  await insertRows(
    db,
    'views.entities',
    entities.map((entity, position) => ({
      ...access,
      updated_at,
      position,
      entity: entity.id,
      schema: entity.schema,
      assertion: 'fact',
      subject_category: entity.subjectCategory ?? null,
      nationalities: entity.properties?.['nationality'] ?? [],
    })),
  );
  await insertRows(
    db,
    'views.links',
    links.map(({ id, ...link }) => ({ ...access, ...link, link: id, assertion: 'assessment' })),
  );
  await insertRows(
    db,
    'views.statements',
    entities.flatMap((entity) =>
      Object.entries(entity.properties ?? {}).flatMap(([property, values]) =>
        values.map((value, position) => ({
          ...access,
          updated_at,
          entity: entity.id,
          property,
          position,
          value,
          assertion: 'fact',
        })),
      ),
    ),
  );
  await insertRows(
    db,
    'views.names',
    entities.flatMap((entity) => {
      const names = [...(entity.properties?.['name'] ?? []), ...(entity.properties?.['alias'] ?? [])];
      return [...new Set(names.flatMap(nameKeys))].map((key) => ({ ...access, entity: entity.id, key }));
    }),
  );
};
