import type { RecordModule, Summary } from '../records/record-module.ts';
import { touchesWith } from '../records/touches.ts';
import { decide, type ReportCommand } from './report.decide.ts';
import { publicationOf } from './report.release.ts';
import { evolve, initialReport, type OwnStatement, type Report, type ReportFact } from './report.ts';

/** Everyone and everything that the report or its tear line is about. */
export const entitiesOf = (report: Report): readonly OwnStatement[] => {
  if (report.state === 'none' || report.state === 'erased') return [];
  const own = report.content.entities;
  return report.state === 'submitted' || !report.tearLine ? own : [...own, ...report.tearLine.content.entities];
};

const satellitesOf = (report: Report): string[] =>
  'tearLine' in report && report.tearLine ? [report.tearLine.id] : [];

const summary = (report: Report): Summary | null =>
  report.state === 'none'
    ? null
    : {
        state: report.state,
        classification: report.handling.classification,
        reviewBy: report.handling.reviewBy,
        satellites: satellitesOf(report),
        touches: report.state === 'erased' ? [] : touchesWith(report.claimants, entitiesOf(report)),
      };

/** Reports on the rails that all records share. */
export const reports: RecordModule<Report, ReportFact, ReportCommand> = {
  kind: 'report',
  initial: initialReport,
  evolve,
  decide,
  publicationOf,
  summary,
  reshield: (shield) => ({ type: 'reshield', shield }),
  expire: () => ({ type: 'expire' }),
  backfill: (backfill) => ({ type: 'backfill', backfill }),
};
