import type { ReturnStage } from '#contracts';
import type { Sql } from '#sql';
import { Conditions } from '../reading/conditions.ts';
import type { Listing, RecordRow } from '../reading/records.query.ts';
import { lookUp } from './look-up.ts';
import type { ReturnsQuery } from './returns.dto.ts';

export interface ReturnRow extends RecordRow {
  return_to: string;
  stage: ReturnStage;
  person: string;
  properties: Record<string, string[]>;
  evidence: string;
  biometric_reference: string | null;
  handling_text: string | null;
  opened_at: Date;
  requested_at: Date | null;
  scheduled_for: Date | null;
  returned_at: Date | null;
  transferred_at: Date | null;
  hub: string | null;
  absconded_at: Date | null;
  closed_at: Date | null;
}

export const RETURNS: Listing = {
  table: 'returns',
  columns: [
    ...['return_to', 'stage', 'person', 'properties', 'evidence', 'biometric_reference', 'handling_text', 'hub'],
    ...['opened_at', 'requested_at', 'scheduled_for', 'returned_at', 'transferred_at', 'absconded_at', 'closed_at'],
  ],
};

export type ReturnFilter = Pick<ReturnsQuery, 'originator' | 'returnTo' | 'since' | 'until'>;

export const conditionsOf = ({ originator, returnTo, since, until }: ReturnFilter): Conditions =>
  new Conditions()
    .where('t.originator = $', originator)
    .where('t.return_to = $', returnTo)
    .where('t.updated_at >= $::timestamptz', since)
    .where('t.updated_at <= $::timestamptz', until);

/** What the state of return answered, as far as the viewer sees it. Anybody else's answer counts for nothing. */
export interface AnswerRow {
  id: string;
  originator: string;
  return: string;
  kind: 'issued' | 'refused';
  number: string | null;
  type: string | null;
  /** YYYY-MM-DD */
  valid_to: string | null;
  reason: string | null;
  at: Date;
}

const ANSWERS = `
  select d.record as id, d.originator, d."return", d.kind, d.number, d.type, to_char(d.valid_to, 'YYYY-MM-DD') as valid_to,
    d.reason, d.at
  from unnest($1::uuid[]) as n (id)
  ${lookUp('select record, return_to from views.returns where record = n.id', 'r')}
  ${lookUp(
    `select * from views.travel_documents
     where "return" = r.record and originator = r.return_to and own_state = 0`,
    'd',
  )}
  order by d."return", d.at, d.record`;

export const answersTo = (sql: Sql, returns: readonly string[]): Promise<AnswerRow[]> =>
  sql.query<AnswerRow>(ANSWERS, [returns]);

/** A return as it is counted. */
export interface CountedRow {
  id: string;
  originator: string;
  return_to: string;
  stage: ReturnStage;
  opened_at: Date;
  requested_at: Date | null;
  returned_at: Date | null;
  transferred_at: Date | null;
  absconded_at: Date | null;
}

/** All that the viewer sees and that are released now. `cohort`: only those of whom was returned in that year, UTC. */
export const countedReturns = (
  sql: Sql,
  { originator, cohort }: { originator?: string | undefined; cohort?: number },
): Promise<CountedRow[]> => {
  const where = new Conditions()
    .and('t.state = 0')
    .where('t.originator = $', originator)
    .where(`t.returned_at >= make_timestamptz($, 1, 1, 0, 0, 0, 'UTC')`, cohort)
    .where(`t.returned_at < make_timestamptz($ + 1, 1, 1, 0, 0, 0, 'UTC')`, cohort);
  return sql.query<CountedRow>(
    `select t.record as id, t.originator, t.return_to, t.stage, t.opened_at, t.requested_at, t.returned_at,
       t.transferred_at, t.absconded_at
     from views.returns t where ${where} order by t.record`,
    where.params,
  );
};

export interface EncounterRow extends RecordRow {
  person: string;
  properties: Record<string, string[]>;
  at: Date;
  place: string;
  biometric_reference: string | null;
  handling_text: string | null;
}

export const ENCOUNTERS: Listing = {
  table: 'encounters',
  columns: ['person', 'properties', 'at', 'place', 'biometric_reference', 'handling_text'],
};

export interface HubTalksRow extends RecordRow {
  country: string;
  stage: string;
  places: number | null;
  handling_text: string | null;
}

export const HUB_TALKS: Listing = {
  table: 'hub_talks',
  columns: ['country', 'stage', 'places', 'handling_text'],
};

/** The transfers to these hubs that the viewer sees. */
export const transfersTo = (sql: Sql, hubs: readonly string[]) =>
  sql.query<{ id: string; originator: string; hub: string }>(
    `select r.record as id, r.originator, r.hub from unnest($1::uuid[]) as n (id)
     ${lookUp('select record, originator from views.hub_talks where record = n.id', 'h')}
     ${lookUp(
       `select record, originator, hub from views.returns
        where hub = h.record and originator = h.originator and stage = 'transferred-to-hub' and state = 0`,
       'r',
     )}
     order by r.record`,
    [hubs],
  );
