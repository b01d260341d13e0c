import { WrongState, type Purpose, type Shield } from '#contracts';
import { fact } from '../records/fact.ts';
import { backfilled, type Audience, type Backfill, type Handling, type Release } from '../records/release.ts';
import { covers, NO_SHIELD, mergeShields } from '../records/shield.ts';
import type { Report, ReportContent, ReportFact, TearLine, TearLineContent } from './report.ts';

export interface SubmitReport {
  type: 'submit';
  id: string;
  handling: Handling;
  content: ReportContent;
  fingerprint: string;
}

export interface ReleaseReport {
  type: 'release';
  /** RFC 3339. */
  at: string;
  audience: Audience;
  purposes: readonly Purpose[];
  notBefore: string | null;
  /** From everything that the node knows of the people in it and in its tear line. */
  shield: Shield;
  tearLine?: { id: string; content: TearLineContent; audience: Audience };
}

export interface AmendReport {
  type: 'amend';
  handling: Partial<Handling>;
  content: Partial<ReportContent>;
  reason: string;
  shield: Shield;
}

export type ReportCommand =
  | SubmitReport
  | ReleaseReport
  | AmendReport
  | { type: 'reshield'; shield: Shield }
  | { type: 'backfill'; backfill: Backfill }
  | { type: 'recall'; reason: string }
  | { type: 'expire' }
  | { type: 'erase'; reason: string };

type Held = Exclude<Report, { state: 'none' } | { state: 'erased' }>;
type Released = Extract<Report, { state: 'released' }>;
type Command<T extends ReportCommand['type']> = Extract<ReportCommand, { type: T }>;

const DETAILS: Record<Report['state'], string> = {
  none: 'The report has not been submitted.',
  submitted: 'The report has not been released.',
  released: 'The report is released already.',
  recalled: 'The report was recalled.',
  expired: 'The report expired by its review date.',
  erased: 'The report was erased.',
};

const wrongState = (report: Report): WrongState => {
  if (report.state === 'none') return new WrongState('report.not-submitted', DETAILS.none);
  if (report.state === 'submitted') return new WrongState('report.not-released', DETAILS.submitted);
  return new WrongState(`report.${report.state}`, DETAILS[report.state]);
};

function assertOpen(report: Report): asserts report is Extract<Held, { state: 'submitted' | 'released' }> {
  if (report.state !== 'submitted' && report.state !== 'released') throw wrongState(report);
}

function assertReleased(report: Report): asserts report is Released {
  if (report.state !== 'released') throw wrongState(report);
}

const submit = (report: Report, command: SubmitReport): ReportFact[] => {
  if (report.state !== 'none') throw new WrongState('report.submitted', 'The report has been submitted already.');
  const { id, handling, content, fingerprint } = command;
  return [fact('report-submitted', id, { ...handling, fingerprint }, content)];
};

const shieldsBefore = (report: Held): Shield[] => (report.state === 'submitted' ? [] : [report.shield]);

type GivenTearLine = NonNullable<ReleaseReport['tearLine']>;

const newTearLine = (given: GivenTearLine, before: TearLine | null, terms: Release, shield: Shield): ReportFact => {
  const grown = mergeShields(shield, before?.shield ?? NO_SHIELD);
  const release = { ...terms, audience: given.audience, releasedAt: before?.release.releasedAt ?? terms.releasedAt };
  return fact('tear-line-released', before?.id ?? given.id, release, { ...given.content, shield: grown });
};

/** A tear line is as strict as its report, and purposes and embargo are the report's at all times. */
const releaseTearLine = (report: Held, command: ReleaseReport, terms: Release, shield: Shield): ReportFact[] => {
  const before = report.state === 'submitted' ? null : report.tearLine;
  if (command.tearLine) return [newTearLine(command.tearLine, before, { ...terms, releasedAt: command.at }, shield)];
  if (!before) return [];
  if (sameTerms(before.release, terms)) return reshieldTearLine(before, shield);
  const { audience, releasedAt } = before.release;
  const sealed = { ...before.content, shield: mergeShields(before.shield, shield) };
  return [fact('tear-line-released', before.id, { ...terms, audience, releasedAt }, sealed)];
};

const sameTerms = (one: Release, other: Release): boolean =>
  one.notBefore === other.notBefore && [...one.purposes].sort().join() === [...other.purposes].sort().join();

const release = (report: Report, command: ReleaseReport): ReportFact[] => {
  assertOpen(report);
  const { audience, purposes, notBefore, at } = command;
  const releasedAt = report.state === 'released' ? report.release.releasedAt : at;
  const shield = mergeShields(command.shield, ...shieldsBefore(report));
  const terms = { audience, purposes, notBefore, releasedAt };
  return [fact('report-released', report.id, terms, { shield }), ...releaseTearLine(report, command, terms, shield)];
};

const changes = <T extends object>(before: T, given: Partial<T>, names: readonly (keyof T)[]): boolean =>
  names.some((name) => given[name] !== undefined && JSON.stringify(given[name]) !== JSON.stringify(before[name]));

/** Whether something is changed that a tear line takes over from its report. */
const inherits = ({ handling, content }: Released, command: AmendReport): boolean =>
  changes(handling, command.handling, ['category', 'classification', 'handlingCodes', 'reviewBy']) ||
  changes(content, command.content, ['grading', 'legalBasis', 'handlingText']);

const amendTearLine = (report: Released, command: AmendReport, shield: Shield): ReportFact[] => {
  const { tearLine } = report;
  if (!tearLine) return [];
  if (!inherits(report, command)) return reshieldTearLine(tearLine, shield);
  return [fact('tear-line-amended', tearLine.id, {}, { shield: mergeShields(tearLine.shield, shield) })];
};

const amend = (report: Report, command: AmendReport): ReportFact[] => {
  assertOpen(report);
  const handling = { ...report.handling, ...command.handling };
  const content = { ...report.content, ...command.content };
  const shield = mergeShields(command.shield, ...shieldsBefore(report));
  const amended = fact('report-amended', report.id, handling, { content, shield, reason: command.reason });
  return report.state === 'submitted' ? [amended] : [amended, ...amendTearLine(report, command, shield)];
};

const reshieldTearLine = (tearLine: TearLine, shield: Shield): ReportFact[] =>
  covers(tearLine.shield, shield)
    ? []
    : [fact('tear-line-reshielded', tearLine.id, {}, { shield: mergeShields(tearLine.shield, shield) })];

/** Nothing where the report isn't released: its shield is computed when it is. */
const reshield = (report: Report, command: Command<'reshield'>): ReportFact[] => {
  if (report.state !== 'released') return [];
  const shield = mergeShields(report.shield, command.shield);
  const own = covers(report.shield, shield) ? [] : [fact('report-reshielded', report.id, {}, { shield })];
  if (!report.tearLine) return own;
  return [...own, ...reshieldTearLine(report.tearLine, shield)];
};

const backfill = (report: Report, command: Command<'backfill'>): ReportFact[] => {
  if (report.state !== 'released') return [];
  const { id, tearLine } = report;
  const own = backfilled(report.release, command.backfill);
  const poorer = tearLine && backfilled(tearLine.release, command.backfill);
  return [
    ...(own ? [fact('report-backfilled', id, own, {})] : []),
    ...(tearLine && poorer ? [fact('tear-line-backfilled', tearLine.id, poorer, {})] : []),
  ];
};

const recall = (report: Report, { reason }: Command<'recall'>): ReportFact[] => {
  assertReleased(report);
  const { id, tearLine } = report;
  const tail: ReportFact[] = tearLine ? [fact('tear-line-recalled', tearLine.id, {}, { reason })] : [];
  return [fact('report-recalled', id, {}, { reason }), ...tail];
};

const expire = (report: Report): ReportFact[] => {
  if (report.state !== 'released') return [];
  const { id, tearLine } = report;
  return [fact('report-expired', id, {}, {}), ...(tearLine ? [fact('tear-line-expired', tearLine.id, {}, {})] : [])];
};

const erase = (report: Report, { reason }: Command<'erase'>): ReportFact[] => {
  if (report.state === 'none' || report.state === 'erased') throw wrongState(report);
  const tearLine = report.state === 'submitted' ? null : report.tearLine;
  const tail: ReportFact[] = tearLine ? [fact('tear-line-erased', tearLine.id, {}, { reason })] : [];
  return [fact('report-erased', report.id, {}, { reason }), ...tail];
};

const DECISIONS: { [T in ReportCommand['type']]: (report: Report, command: Command<T>) => ReportFact[] } = {
  submit,
  release,
  amend,
  reshield,
  backfill,
  recall,
  expire,
  erase,
};

/** What follows from a command, or a Problem. */
export const decide = (report: Report, command: ReportCommand): ReportFact[] =>
  (DECISIONS[command.type] as (report: Report, command: ReportCommand) => ReportFact[])(report, command);
