import type { Sql } from '#sql';
import type { Seen } from '../consultation/entry.ts';
import { areOthers, issuersOf } from './issuers.ts';
import { likenessOf } from './likeness.ts';
import { lookUp } from './look-up.ts';

/** An encounter in which the person of a return may have been met again. */
export interface ReEntry {
  return: string;
  encounter: string;
  originator: string;
  at: Date;
  place: string;
  /** By what they are one: the strong ones suffice; birth date and name only suggest, and so does another state's number. */
  reasons: string[];
  /** What a person of the state that returned said of it. */
  verdict: 'confirmed' | 'dismissed' | null;
  /** The travel document by which it was found. */
  document: Seen | null;
}

/** The same number, where the one's state is none of the other's. */
const OTHER_STATE = 'other-nationality';
const ONLY_SUGGEST = ['name', OTHER_STATE];

/** A re-entry as far as anybody has looked: an identifier's word stands until a person says otherwise. */
export const counts = ({ reasons, verdict }: ReEntry): boolean =>
  verdict === 'confirmed' || (verdict === null && !reasons.some((reason) => ONLY_SUGGEST.includes(reason)));

const RETURNS = `unnest($1::uuid[]) as n (id) ${lookUp(
  `select record, originator, return_to, properties, coalesce(returned_at, transferred_at) as gone
   from views.returns where record = n.id`,
  'r',
)}`;
/** The encounter of a record `m`, since the person had gone. */
const MET = lookUp(
  `select record, originator, at, place, properties from views.encounters
   where record = m.record and state = 0 and at > r.gone`,
  'e',
);
const COLUMNS = 'r.record as "return", e.record as encounter, e.originator, e.at, e.place';
const BOTH = 'r.properties as own, e.properties as other';
const markOf = (kinds: string): string =>
  lookUp(`select kind, value from views.person_marks where record = r.record and ${kinds}`, 'own');
const marked = (mark: string): string =>
  lookUp(`select record from views.person_marks where ${mark} and record <> r.record`, 'm');
const SAME = marked('kind = own.kind and value = own.value');

/** By the person's own marks, and by the travel document that brought it home. As the reader role, of visible returns. */
const BY_MARKS = `
  select ${COLUMNS}, own.kind as reason, null::uuid as document, null::text as issuer, ${BOTH}
  from ${RETURNS} ${markOf(`kind <> 'name'`)} ${SAME} ${MET}
  union all
  select ${COLUMNS}, 'travel-document', d.record, d.originator, ${BOTH}
  from ${RETURNS}
  ${lookUp(
    `select record, originator, number_key from views.travel_documents
     where "return" = r.record and originator = r.return_to and own_state = 0`,
    'd',
  )}
  ${marked(`kind = 'passport' and value = d.number_key`)} ${MET}`;

/** Whatever a person has said of, also what no mark had found. */
const BY_WORD = `
  select ${COLUMNS}, m.verdict, ${BOTH}
  from ${RETURNS}
  join (select "return", encounter as record, verdict from views.re_entry_verdicts($1::uuid[])) m on m."return" = r.record
  ${MET}`;

const BY_NAME = `
  select distinct ${COLUMNS}, ${BOTH}
  from ${RETURNS} ${markOf(`kind = 'name'`)} ${SAME} ${MET}`;

type Met = Pick<ReEntry, 'return' | 'encounter' | 'originator' | 'at' | 'place'>;
type Properties = Record<string, string[]>;
type Named = Met & { own: Properties; other: Properties };
type Marked = Named & { reason: string; document: string | null; issuer: string | null };
type Worded = Named & { verdict: 'confirmed' | 'dismissed' };

/**
 * Encounters since the person had gone, as far as the viewer sees return and encounter both: found by identifier, and
 * said of by a person. The earliest first.
 */
export const reEntriesOf = async (sql: Sql, returns: readonly string[]): Promise<ReEntry[]> => {
  if (returns.length === 0) return [];
  const pairs = new Map<string, ReEntry>();
  for (const found of Map.groupBy(await sql.query<Marked>(BY_MARKS, [returns]), keyOf).values()) {
    const sound = found.filter((one) => !isDoubtful(one));
    const by = sound.length > 0 ? sound : found;
    const pair = pairOf(pairs, by[0]!);
    const doubt = sound.length > 0 ? [] : [OTHER_STATE];
    pair.reasons = [...new Set([...by.map(({ reason }) => reason), ...doubt])].sort();
    pair.document = documentIn(by);
  }
  for (const { verdict, own, other, ...met } of await sql.query<Worded>(BY_WORD, [returns])) {
    const pair = pairOf(pairs, met);
    pair.verdict = verdict;
    if (pair.reasons.length === 0) pair.reasons = likenessOf(own, other) ?? [];
  }
  return [...pairs.values()].sort(earliestFirst);
};

/** Those, and what birth date and name only suggest. Of one return, since names are compared one by one. */
export const suggestionsFor = async (sql: Sql, one: string): Promise<ReEntry[]> => {
  const found = await reEntriesOf(sql, [one]);
  const pairs = new Map(found.map((pair) => [keyOf(pair), pair]));
  for (const { own, other, ...met } of await sql.query<Named>(BY_NAME, [[one]])) {
    const reasons = likenessOf(own, other);
    if (!reasons) continue;
    // What an identifier says isn't weakened by a name that says so, too.
    if (!pairs.has(keyOf(met))) pairOf(pairs, met).reasons = reasons;
  }
  return [...pairs.values()].sort(earliestFirst);
};

/** Numbers are a state's own, marks of a body are not. A travel document is the state of return's. */
const isDoubtful = ({ reason, issuer, own, other }: Marked): boolean =>
  reason !== 'biometric' && areOthers(issuer === null ? issuersOf(own) : [issuer.toLowerCase()], issuersOf(other));

/** Of several the same one always: what is logged mustn't hang on the order of rows. */
const documentIn = (found: readonly Marked[]): Seen | null => {
  const documents = found.flatMap(({ document: record, issuer: originator }) =>
    record === null || originator === null ? [] : [{ record, originator }],
  );
  return documents.sort((a, b) => (a.record < b.record ? -1 : 1))[0] ?? null;
};

const keyOf = (met: Pick<Met, 'return' | 'encounter'>): string => `${met.return} ${met.encounter}`;

const pairOf = (pairs: Map<string, ReEntry>, met: Met): ReEntry => {
  const { return: of, encounter, originator, at, place } = met;
  const made = { return: of, encounter, originator, at, place, reasons: [], verdict: null, document: null };
  const known: ReEntry = pairs.get(keyOf(met)) ?? made;
  pairs.set(keyOf(met), known);
  return known;
};

const earliestFirst = (a: ReEntry, b: ReEntry): number =>
  a.at.getTime() - b.at.getTime() || (a.encounter < b.encounter ? -1 : 1);
