import type { ReturnStage } from '#contracts';
import { standing, type DocumentAnswer } from './return-state.ts';

const DAY_MS = 86_400_000;

/** A return as it is counted, with the answers to it that the viewer sees. */
export interface Counted {
  returnTo: string;
  stage: ReturnStage;
  openedAt: Date;
  requestedAt: Date | null;
  returnedAt: Date | null;
  transferredAt: Date | null;
  abscondedAt: Date | null;
  answers: readonly DocumentAnswer[];
}

export interface Figures {
  opened: number;
  /** Of those opened, how many are neither returned, nor in a hub, nor gone, nor closed. */
  open: number;
  returned: number;
  transferred: number;
  absconded: number;
  documents: { requested: number; issued: number; refused: number; meanDaysToIssue: number | null };
}

const OPEN: readonly ReturnStage[] = ['opened', 'documents-requested', 'return-scheduled'];

const yearOf = (time: Date): string => String(time.getUTCFullYear());

/** From the request to the document, in days; null where one of them isn't there, or they came the other way round. */
const daysToIssue = ({ requestedAt, answers }: Counted): number | null => {
  const answer = standing(answers);
  if (!requestedAt || answer?.kind !== 'issued' || answer.at < requestedAt) return null;
  return (answer.at.getTime() - requestedAt.getTime()) / DAY_MS;
};

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Number((values.reduce((sum, one) => sum + one, 0) / values.length).toFixed(2));

/** Each thing is counted in the year in which it happened; what is still open, in the year in which it was opened. */
const figuresOf = (all: readonly Counted[], isIn: (time: Date) => boolean): Figures => {
  const count = (when: (one: Counted) => Date | null): number =>
    all.filter((one) => ((time) => time !== null && isIn(time))(when(one))).length;
  const requested = all.filter(({ requestedAt }) => requestedAt !== null && isIn(requestedAt));
  const answered = (kind: DocumentAnswer['kind']) =>
    requested.filter(({ answers }) => standing(answers)?.kind === kind).length;
  return {
    opened: count(({ openedAt }) => openedAt),
    open: all.filter(({ openedAt, stage }) => isIn(openedAt) && OPEN.includes(stage)).length,
    returned: count(({ returnedAt }) => returnedAt),
    transferred: count(({ transferredAt }) => transferredAt),
    absconded: count(({ abscondedAt }) => abscondedAt),
    documents: {
      requested: requested.length,
      issued: answered('issued'),
      refused: answered('refused'),
      meanDaysToIssue: mean(requested.map(daysToIssue).filter((days) => days !== null)),
    },
  };
};

/** By year (UTC), the earliest first. */
export const byYear = (all: readonly Counted[]): (Figures & { year: string })[] => {
  const times = all.flatMap((one) => [
    one.openedAt,
    one.requestedAt,
    one.returnedAt,
    one.transferredAt,
    one.abscondedAt,
  ]);
  const years = [...new Set(times.filter((time) => time !== null).map(yearOf))].sort();
  return years.map((year) => ({ year, ...figuresOf(all, (time) => yearOf(time) === year) }));
};

/** By state of return, in the order of their codes. */
export const byState = (all: readonly Counted[]): (Figures & { state: string })[] =>
  [...Map.groupBy(all, ({ returnTo }) => returnTo)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([state, some]) => ({ state, ...figuresOf(some, () => true) }));
