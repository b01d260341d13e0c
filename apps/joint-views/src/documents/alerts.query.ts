import { Conditions } from '../reading/conditions.ts';
import type { Listing, RecordRow } from '../reading/records.query.ts';
import type { AlertsQuery } from './alerts.dto.ts';

export interface AlertRow extends RecordRow {
  number: string;
  type: string;
  issuing_state: string;
  status: string;
  /** YYYY-MM-DD. */
  since: string;
  finding: { machine: string; pattern: string; images?: string[] } | null;
  stage: string;
  handling_text: string | null;
}

export const ALERTS: Listing = {
  table: 'document_alerts',
  columns: [
    ...['number', 'type', 'issuing_state', 'status', 'finding', 'stage', 'handling_text'],
    `to_char(t.since, 'YYYY-MM-DD') as since`,
  ],
};

export const conditionsOf = (filter: Omit<AlertsQuery, 'limit' | 'cursor'>): Conditions =>
  new Conditions()
    .where('t.originator = $', filter.originator)
    .where('t.issuing_state = $', filter.issuingState)
    .where('t.type = $', filter.type)
    .where('t.status = $', filter.status)
    .where('t.updated_at >= $::timestamptz', filter.since)
    .where('t.updated_at <= $::timestamptz', filter.until);
