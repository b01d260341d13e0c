import type { Database } from '#sql';
import type { EncounterContent, HubTalksContent, ReturnContent } from '#contracts';
import { encounterRows, hubTalksRows, issuedRows, refusedRows, returnRows } from '../returns/returns.projection.ts';
import type { Released } from '../records/view.ts';
import { at, own, putRecord, putSnapshot, type RecordGiven } from './fixtures.ts';
import { insertRows } from './tables.ts';

type Properties = Record<string, string[]>;

const released = (given: RecordGiven, content: object): Released => ({
  id: given.id,
  type: '',
  record: given.id,
  originator: own(given).record.originator,
  at: at(given.updated ?? 0),
  access: null,
  content,
});

const personOf = ({ id, originator = 'GB' }: RecordGiven, properties: Properties) => ({
  id: `${originator}:${id}`,
  schema: 'Person' as const,
  properties,
});

/** A record's row in its snapshot table, and by what its person is known again. */
const put = async (db: Database, kind: string, table: string, given: RecordGiven, rows: Record<string, object[]>) => {
  await putSnapshot(db, { ...given, kind, table, columns: rows[table]![0]! });
  const { access } = own(given);
  await insertRows(
    db,
    'views.person_marks',
    (rows['person_marks'] ?? []).map((mark) => ({ ...access, ...mark })),
  );
};

const IN_RETURNS = { category: 'return', purposes: ['returns'] } as const;

export interface ReturnGiven extends RecordGiven {
  properties?: Properties;
  told?: Partial<ReturnContent>;
}

export const putReturn = async (db: Database, { properties = {}, told, ...rest }: ReturnGiven): Promise<void> => {
  const given: RecordGiven = { ...IN_RETURNS, ...rest };
  const content: ReturnContent = {
    person: personOf(given, properties),
    returnTo: 'AL',
    evidence: 'A copy of a birth certificate.',
    stage: 'opened',
    openedAt: at(0),
    ...told,
  };
  await put(db, 'return', 'returns', given, returnRows(released(given, content)));
};

export interface DocumentGiven extends RecordGiven {
  return: string;
  said: { number: string } | { reason: string };
}

/** As it is settled where nothing of the return's hides it: `audience` is whoever sees the return, its originator too. */
export const putDocument = async (db: Database, { return: of, said, ...rest }: DocumentGiven): Promise<void> => {
  const given: RecordGiven = { ...IN_RETURNS, originator: 'AL', audience: ['GB', 'AL', 'XK'], ...rest };
  const content = { return: of, type: 'emergency-travel-document', validTo: '2099-01-01', ...said };
  const rows = ('number' in said ? issuedRows : refusedRows)(released(given, content));
  await putRecord(db, { ...given, audience: [] }, 'contribution');
  const { access } = own(given);
  const itself = { own_shield: 0, own_shield_codes: [], own_state: access.state, own_withheld: false };
  await insertRows(db, 'views.travel_documents', [{ ...access, ...itself, ...rows['travel_documents']![0] }]);
};

export interface EncounterGiven extends RecordGiven {
  properties?: Properties;
  told?: Partial<EncounterContent>;
}

export const putEncounter = async (db: Database, { properties = {}, told, ...rest }: EncounterGiven): Promise<void> => {
  const given: RecordGiven = { ...IN_RETURNS, ...rest };
  const content = { person: personOf(given, properties), at: at(1000), place: 'Dover', ...told };
  await put(db, 'encounter', 'encounters', given, encounterRows(released(given, content)));
};

export interface VerdictGiven {
  id: string;
  originator?: string;
  return: string;
  encounter: string;
  verdict: 'confirmed' | 'dismissed';
  second?: number;
}

export const putVerdict = async (db: Database, { second = 0, ...given }: VerdictGiven): Promise<void> => {
  const { id, originator = 'GB', encounter, verdict } = given;
  await putRecord(db, { id, originator, category: 'return', audience: [], updated: second }, 're-entry-word');
  const row = { record: id, originator, return: given.return, encounter, verdict, at: at(second) };
  await insertRows(db, 'views.re_entry_words', [row]);
};

export const putHubTalks = async (
  db: Database,
  { told, ...rest }: RecordGiven & { told: HubTalksContent },
): Promise<void> => {
  const given: RecordGiven = { ...IN_RETURNS, ...rest };
  await put(db, 'hub-talks', 'hub_talks', given, hubTalksRows(released(given, told)));
};
