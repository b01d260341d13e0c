import type { Sql } from '#sql';
import type { Seen } from '../consultation/entry.ts';
import { recordFields, seen } from '../reading/records.query.ts';
import { counts, reEntriesOf, type ReEntry } from './re-entries.query.ts';
import { standing, stateOf } from './return-state.ts';
import { answersTo, type AnswerRow, type ReturnRow } from './returns.query.ts';

/** Returns as the interface shows them, with every record that contributed. The same few statements, however many. */
export const describeReturns = async (sql: Sql, rows: readonly ReturnRow[], now: number) => {
  const ids = rows.map(({ id }) => id);
  const answers = Map.groupBy(await answersTo(sql, ids), (one) => one.return);
  const found = (await reEntriesOf(sql, ids)).filter(counts);
  const reEntries = Map.groupBy(found, (one) => one.return);
  const described = rows.map((row) => {
    const answer = standing(answers.get(row.id) ?? []);
    const [reEntry = null] = reEntries.get(row.id) ?? [];
    return { row, answer, reEntry };
  });
  return {
    items: described.map(({ row, answer, reEntry }) => itemOf(row, answer, reEntry, now)),
    records: described.flatMap(({ row, answer, reEntry }): Seen[] => [
      seen(row),
      ...(answer ? [seen(answer)] : []),
      ...(reEntry ? reEntrySeen(reEntry) : []),
    ]),
  };
};

/** What the log keeps of one. */
export const reEntrySeen = ({ encounter, originator, document }: ReEntry): Seen[] => [
  { record: encounter, originator },
  ...(document ? [document] : []),
];

export const reEntryItem = ({ encounter, originator, at, place, reasons, verdict }: ReEntry) => ({
  encounter,
  originator,
  at: at.toISOString(),
  place,
  reasons,
  ...(verdict === null ? {} : { verdict }),
});

const itemOf = (row: ReturnRow, answer: AnswerRow | null, reEntry: ReEntry | null, now: number) => ({
  id: row.id,
  originator: row.originator,
  returnTo: row.return_to,
  state: stateOf(row.stage, answer ? [answer] : [], reEntry !== null),
  person: { id: row.person, schema: 'Person', properties: row.properties },
  evidence: row.evidence,
  ...(row.biometric_reference === null ? {} : { biometricReference: row.biometric_reference }),
  ...timesOf(row),
  ...(row.hub === null ? {} : { hub: row.hub }),
  ...(answer && { document: documentOf(answer) }),
  ...(reEntry && { reEntry: reEntryItem(reEntry) }),
  ...(row.handling_text === null ? {} : { handlingText: row.handling_text }),
  ...recordFields(row, now),
});

const timesOf = (row: ReturnRow) =>
  Object.fromEntries(
    Object.entries({
      openedAt: row.opened_at,
      requestedAt: row.requested_at,
      scheduledFor: row.scheduled_for,
      returnedAt: row.returned_at,
      transferredAt: row.transferred_at,
      abscondedAt: row.absconded_at,
      closedAt: row.closed_at,
    }).flatMap(([name, time]) => (time === null ? [] : [[name, time.toISOString()]])),
  );

const documentOf = ({ id, originator, kind, number, type, valid_to, reason, at }: AnswerRow) => ({
  ...{ id, originator },
  ...(kind === 'issued' ? { number, type, validTo: valid_to } : { refused: reason }),
  at: at.toISOString(),
});
