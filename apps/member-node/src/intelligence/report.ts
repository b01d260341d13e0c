import type { Grading, ProtectionClaim, Shield } from '#contracts';
import type { Fact } from '../records/fact.ts';
import type { Touch } from '../records/record-module.ts';
import type { Audience, Handling, Release } from '../records/release.ts';
import { claimantsAmong } from '../records/touches.ts';

/** What was said of one entity. Ids are global; a claim for protection is never part of it. */
export interface Statement {
  id: string;
  schema: string;
  properties: Readonly<Record<string, readonly string[]>>;
  assertion: 'fact' | 'assessment';
  subjectCategory?: string;
}

export interface OwnStatement extends Statement {
  /** Known to the originator alone. */
  protectionClaim?: ProtectionClaim;
}

export interface ReportContent {
  externalId?: string;
  title: string;
  grading: Grading;
  handlingText?: string;
  legalBasis: string;
  entities: readonly OwnStatement[];
}

export interface TearLineContent {
  title: string;
  entities: readonly OwnStatement[];
}

/** Reasons are for the originator's own eyes, and sealed: they may name people. */
interface Reason {
  reason: string;
}
interface Shielded {
  shield: Shield;
}

export type ReportFact =
  | Fact<'report-submitted', Handling & { fingerprint: string }, ReportContent>
  | Fact<'report-released', Release, Shielded>
  | Fact<'report-amended', Handling, { content: ReportContent; reason: string } & Shielded>
  | Fact<'report-reshielded', object, Shielded>
  | Fact<'report-backfilled', Audience>
  | Fact<'report-recalled', object, Reason>
  | Fact<'report-expired', object>
  | Fact<'report-erased', object, Reason>
  | Fact<'tear-line-released', Release, TearLineContent & Shielded>
  | Fact<'tear-line-amended', object, Shielded>
  | Fact<'tear-line-reshielded', object, Shielded>
  | Fact<'tear-line-backfilled', Audience>
  | Fact<'tear-line-recalled', object, Reason>
  | Fact<'tear-line-expired', object>
  | Fact<'tear-line-erased', object, Reason>;

export interface TearLine {
  id: string;
  content: TearLineContent;
  release: Release;
  shield: Shield;
  publications: number;
}

interface Submitted {
  id: string;
  handling: Handling;
  content: ReportContent;
  fingerprint: string;
  /** People who had claimed protection in what was replaced since: a claim is never forgotten but by erasing. */
  claimants: readonly Touch[];
}

export interface Published extends Submitted {
  release: Release;
  shield: Shield;
  /** How many releases and amendments its readers were sent. */
  publications: number;
  tearLine: TearLine | null;
}

export type Report =
  | { state: 'none' }
  | ({ state: 'submitted' } & Submitted)
  | ({ state: 'released' } & Published)
  | ({ state: 'recalled' } & Published)
  | ({ state: 'expired' } & Published)
  | { state: 'erased'; id: string; handling: Handling; fingerprint: string; tearLine: { id: string } | null };

export type ReleasedReport = Extract<Report, { state: 'released' }>;

export const initialReport: Report = { state: 'none' };

const submitted = (report: Report): Submitted => report as Submitted & Report;
const published = (report: Report): Published => report as Published & Report;

/** What a tear line's own facts do to it. */
const withTearLine = (report: Report, change: Partial<TearLine>): Report => {
  const { tearLine } = published(report);
  return { ...published(report), state: 'released', tearLine: tearLine && { ...tearLine, ...change } };
};

/** Sealed parts may be gone: then nothing was said. */
const remembered = ({ claimants }: Submitted, replaced: { entities?: readonly OwnStatement[] } | undefined) =>
  claimantsAmong(replaced?.entities ?? [], claimants);

const releaseTearLine = (report: Report, fact: ReportFact & { type: 'tear-line-released' }): Report => {
  const { shield, ...content } = fact.sealed;
  const before = published(report);
  const publications = (before.tearLine?.publications ?? 0) + 1;
  const tearLine = { id: fact.record, content, release: fact.data, shield, publications };
  return { ...before, state: 'released', tearLine, claimants: remembered(before, before.tearLine?.content) };
};

const backfillTearLine = (report: Report, audience: Audience): Report => {
  const { tearLine } = published(report);
  return tearLine ? withTearLine(report, { release: { ...tearLine.release, audience } }) : report;
};

const evolveTearLine = (report: Report, fact: ReportFact): Report => {
  if (fact.type === 'tear-line-released') return releaseTearLine(report, fact);
  if (fact.type === 'tear-line-reshielded') return withTearLine(report, { shield: fact.sealed.shield });
  if (fact.type === 'tear-line-backfilled') return backfillTearLine(report, fact.data);
  if (fact.type === 'tear-line-amended') {
    const publications = (published(report).tearLine?.publications ?? 0) + 1;
    return withTearLine(report, { shield: fact.sealed.shield, publications });
  }
  // Its end is the report's, which the report's own fact in the same append says.
  return report;
};

const evolveEnd = (report: Report, type: ReportFact['type']): Report => {
  if (type === 'report-recalled') return { ...published(report), state: 'recalled' };
  if (type === 'report-expired') return { ...published(report), state: 'expired' };
  if (type !== 'report-erased') return report;
  const { id, handling, fingerprint } = submitted(report);
  const tearLine = published(report).tearLine ?? null;
  return { state: 'erased', id, handling, fingerprint, tearLine: tearLine && { id: tearLine.id } };
};

const evolveRelease = (report: Report, fact: ReportFact & { type: 'report-released' }): Report => {
  const before = published(report);
  return {
    ...submitted(report),
    state: 'released',
    release: fact.data,
    shield: fact.sealed.shield,
    publications: (before.publications ?? 0) + 1,
    tearLine: before.tearLine ?? null,
  };
};

/** Sealed parts may be gone: then nothing can be read. */
const readable = ({ handling, content }: Submitted): string => {
  const { entities = [], ...rest } = (content ?? {}) as Partial<ReportContent>;
  const said = entities.map((entity) => ({ ...entity, protectionClaim: undefined }));
  return JSON.stringify([handling, rest.title, rest.grading, rest.legalBasis, rest.handlingText, said]);
};

/** Whether its readers would notice no difference. */
export const looksAlike = (before: Submitted, after: Submitted): boolean => readable(before) === readable(after);

const evolveAmendment = (report: Report, fact: ReportFact & { type: 'report-amended' }): Report => {
  const { content, shield } = fact.sealed;
  const claimants = remembered(submitted(report), submitted(report).content);
  if (report.state === 'submitted') return { ...report, handling: fact.data, content, claimants };
  const before = published(report);
  const after = { ...before, handling: fact.data, content, shield, claimants };
  // Its readers count what they can notice: a claim that became known must not show as a version.
  const publications = before.publications + (looksAlike(before, after) ? 0 : 1);
  return { ...after, state: 'released', publications };
};

/** A fact's effect. Facts have been decided on: nothing is refused here. Sealed parts may be gone once erased. */
export const evolve = (report: Report, fact: ReportFact): Report => {
  switch (fact.type) {
    case 'report-submitted': {
      const { fingerprint, ...handling } = fact.data;
      return { state: 'submitted', id: fact.record, handling, content: fact.sealed, fingerprint, claimants: [] };
    }
    case 'report-released':
      return evolveRelease(report, fact);
    case 'report-amended':
      return evolveAmendment(report, fact);
    case 'report-reshielded':
      return { ...published(report), state: 'released', shield: fact.sealed.shield };
    case 'report-backfilled': {
      const before = published(report);
      return { ...before, state: 'released', release: { ...before.release, audience: fact.data } };
    }
    default:
      return fact.type.startsWith('tear-line-') ? evolveTearLine(report, fact) : evolveEnd(report, fact.type);
  }
};
