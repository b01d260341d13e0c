import type { AccessAttributes, EntityContent, Shield } from '#contracts';
import { ACCESS, uuid, type Said } from './source.ts';

const GRADING = { scheme: '3x5x2', source: '2', information: 'B', handling: 'P' };

export const person = (n: number | string, name: string, more: Partial<EntityContent> = {}): EntityContent => ({
  id: `GB:${uuid(n)}`,
  schema: 'Person',
  properties: { name: [name], nationality: ['al'] },
  assertion: 'fact',
  subjectCategory: 'suspect',
  ...more,
});

export interface ReportSaid {
  title?: string;
  entities?: EntityContent[];
  shield?: Shield;
  access?: Partial<AccessAttributes>;
  version?: number;
}

export const released = (record: string, said: ReportSaid = {}, what = 'released'): Said => ({
  type: `accord.intelligence.report-${what}.v1`,
  subject: record,
  recordversion: said.version ?? 1,
  access: { ...ACCESS, ...said.access },
  sealed: {
    shield: said.shield ?? [],
    content: {
      title: said.title ?? 'Boats bought for the Channel route',
      grading: GRADING,
      legalBasis: 'Immigration Act 1971 s.25',
      entities: said.entities ?? [person(`${record}-p`, 'Arben Shembulli')],
    },
  },
});

export const amended = (record: string, said: ReportSaid = {}): Said => released(record, said, 'amended');

export const ended = (record: string, what: 'recalled' | 'expired' | 'erased'): Said => ({
  type: `accord.records.record-${what}.v1`,
  subject: record,
});

export const reshielded = (record: string, shield: Shield): Said => ({
  type: 'accord.records.record-reshielded.v1',
  subject: record,
  sealed: { shield },
});

const OPERATION: AccessAttributes = { ...ACCESS, category: 'operation', audience: ['GB', 'AL'] };

export const planned = (
  record: string,
  said: { participants?: string[]; targets?: string[]; shield?: Shield } = {},
): Said => ({
  type: 'accord.operations.operation-planned.v1',
  subject: record,
  recordversion: 1,
  access: OPERATION,
  sealed: {
    shield: said.shield ?? [],
    content: {
      name: 'Operation Shembull',
      participants: said.participants ?? ['AL'],
      area: 'Durrës',
      window: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
      targets: said.targets ?? [],
    },
  },
});

export const launched = (record: string): Said => ({
  type: 'accord.operations.operation-launched.v1',
  subject: record,
  sealed: { content: {} },
});

export const concluded = (record: string): Said => ({
  type: 'accord.operations.operation-concluded.v1',
  subject: record,
  sealed: { content: { outcome: 'Dissolved.' } },
});

export const approved = (record: string, operation: string): Said => ({
  type: 'accord.operations.operation-approved.v1',
  subject: record,
  sealed: { content: { operation } },
});

export const arrests = (record: string, operation: string, shield: Shield = []): Said => ({
  type: 'accord.operations.arrests-made.v1',
  subject: record,
  recordversion: 1,
  access: { ...OPERATION, audience: [] },
  sealed: {
    shield,
    content: { operation, count: 2, at: '2026-01-01T05:00:00Z', place: 'Durrës', offence: 'people smuggling' },
  },
});

/** A member took note of a notice. */
export const acknowledged = (record: string, notice: string): Said => ({
  type: 'accord.records.notice-acknowledged.v1',
  subject: record,
  sealed: { content: { notice } },
});
