import { accessOf, ending, extension, type Publication } from '../records/release.ts';
import { covers } from '../records/shield.ts';
import {
  looksAlike,
  type OwnStatement,
  type Published,
  type Report,
  type ReportFact,
  type Statement,
} from './report.ts';

/** What was said, without what never leaves the node. Fields are named one by one so that a new one stays at home. */
const statementOf = ({ id, schema, properties, assertion, subjectCategory }: OwnStatement): Statement => ({
  id,
  schema,
  properties,
  assertion,
  ...(subjectCategory === undefined ? {} : { subjectCategory }),
});

const snapshot = (report: Published, title: string, entities: readonly OwnStatement[]): object => ({
  title,
  grading: report.content.grading,
  legalBasis: report.content.legalBasis,
  ...(report.content.handlingText === undefined ? {} : { handlingText: report.content.handlingText }),
  entities: entities.map(statementOf),
});

const ofReport = (type: string, report: Published): Publication => ({
  type: `accord.intelligence.${type}.v1`,
  record: report.id,
  recordVersion: report.publications,
  access: accessOf(report.release, report.handling),
  shield: report.shield,
  content: snapshot(report, report.content.title, report.content.entities),
});

const amended = (before: Published, after: Published): Publication | null => {
  if (!looksAlike(before, after)) return ofReport('report-amended', after);
  const { id, shield } = after;
  return covers(before.shield, shield) ? null : { ...ending('record-reshielded', id), shield };
};

const ofTearLine = (type: string, report: Published): Publication | null =>
  report.tearLine && {
    type: `accord.intelligence.${type}.v1`,
    record: report.tearLine.id,
    recordVersion: report.tearLine.publications,
    access: accessOf(report.tearLine.release, report.handling),
    shield: report.tearLine.shield,
    content: snapshot(report, report.tearLine.content.title, report.tearLine.content.entities),
  };

type Reshielded = ReportFact & { type: 'report-reshielded' | 'tear-line-reshielded' };

const reshielded = (fact: Reshielded): Publication => ({
  ...ending('record-reshielded', fact.record),
  shield: fact.sealed.shield,
});

const endOf = (fact: ReportFact, before: Report): Publication | null => {
  if (before.state === 'submitted') return null;
  return ending(fact.type.replace(/^(report|tear-line)-/, 'record-'), fact.record);
};

type Rule = (fact: ReportFact, before: Report, after: Report) => Publication | null;

/** What isn't listed is an end: recalled, expired, erased. */
const RULES: { [Type in ReportFact['type']]?: Rule } = {
  'report-submitted': () => null,
  'report-released': (_fact, _before, after) => ofReport('report-released', after as Published),
  'report-amended': (_fact, before, after) =>
    before.state === 'submitted' ? null : amended(before as Published, after as Published),
  'tear-line-released': (_fact, _before, after) => ofTearLine('report-released', after as Published),
  'tear-line-amended': (_fact, _before, after) => ofTearLine('report-amended', after as Published),
  'report-reshielded': (fact) => reshielded(fact as Reshielded),
  'tear-line-reshielded': (fact) => reshielded(fact as Reshielded),
  'report-backfilled': (_fact, _before, after) => {
    const { id, release, handling } = after as Published;
    return extension(id, release, handling);
  },
  'tear-line-backfilled': ({ record }, _before, after) => {
    const { tearLine, handling } = after as Published;
    return tearLine && extension(record, tearLine.release, handling);
  },
};

/**
 * What leaves the country when a fact is decided: nothing of a report that was never released. `before` and `after` are
 * the report's states around the fact.
 */
export const publicationOf: Rule = (fact, before, after) => (RULES[fact.type] ?? endOf)(fact, before, after);
