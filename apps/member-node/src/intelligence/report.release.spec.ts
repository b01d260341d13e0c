import { describe, expect, it } from '@jest/globals';
import { fact } from '../records/fact.ts';
import {
  AT,
  content,
  erased,
  handling,
  R,
  recalled,
  released,
  submitted,
  T,
  tearLine,
} from '../testing/report-facts.ts';
import { publicationOf } from './report.release.ts';
import { evolve, initialReport, type Report, type ReportFact } from './report.ts';

describe('what of a report leaves the country', () => {
  const publications = (...facts: ReportFact[]) => {
    let report: Report = initialReport;
    return facts.map((one) => {
      const after = evolve(report, one);
      const publication = publicationOf(one, report, after);
      report = after;
      return publication;
    });
  };

  it('is nothing before it is released, nor of its end then', () => {
    const amended: ReportFact = fact('report-amended', R, handling, { content, shield: [], reason: 'r' });
    expect(publications(submitted, amended, erased)).toEqual([null, null, null]);
  });

  it('is a snapshot without the claim, numbered for its readers', () => {
    const [, first, again] = publications(submitted, released, released);
    const said: object = { ...content.entities[0], protectionClaim: undefined };
    expect(first).toEqual({
      type: 'accord.intelligence.report-released.v1',
      record: R,
      recordVersion: 1,
      access: {
        category: 'intelligence',
        purposes: ['people-smuggling'],
        audience: ['XK'],
        taskforce: false,
        registrysequence: 5,
        classification: 'OFFICIAL',
        handlingcodes: ['H0'],
        releasedat: AT,
        reviewby: '2028-05-15',
      },
      shield: ['al'],
      content: { title: 'Boats bought', grading: content.grading, legalBasis: content.legalBasis, entities: [said] },
    });
    expect(again!.recordVersion).toBe(2);
  });

  it('is one event for each record, whose readers count their own versions', () => {
    const reshielded: ReportFact = fact('report-reshielded', R, {}, { shield: 'ALL' as const });
    const tearLineRecalled: ReportFact = fact('tear-line-recalled', T, {}, { reason: 'wrong' });
    const sent = publications(submitted, released, released, tearLine, reshielded, recalled, tearLineRecalled);
    expect(sent.slice(3)).toMatchObject([
      { type: 'accord.intelligence.report-released.v1', record: T, recordVersion: 1, content: { title: 'Boats' } },
      { type: 'accord.records.record-reshielded.v1', record: R, shield: 'ALL' },
      { type: 'accord.records.record-recalled.v1', record: R },
      { type: 'accord.records.record-recalled.v1', record: T },
    ]);
    expect(JSON.stringify(sent)).not.toContain('wrong');
  });
});
