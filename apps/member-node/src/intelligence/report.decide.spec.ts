import { describe, expect, it } from '@jest/globals';
import type { Problem } from '#contracts';
import { fact } from '../records/fact.ts';
import {
  all,
  AT,
  content,
  erased,
  expired,
  handling,
  R,
  recalled,
  released,
  submitted,
  T,
  tearContent,
  tearLine,
  terms,
  xk,
} from '../testing/report-facts.ts';
import { decide, type ReleaseReport, type ReportCommand } from './report.decide.ts';
import { evolve, initialReport, type ReportFact } from './report.ts';

const release: ReleaseReport = {
  type: 'release',
  at: '2026-03-01T00:00:00.000Z',
  audience: xk,
  purposes: ['people-smuggling'],
  notBefore: null,
  shield: [],
};

const given = (...facts: ReportFact[]) => {
  const report = facts.reduce(evolve, initialReport);
  return {
    when: (command: ReportCommand) => ({
      then: (...expected: ReportFact[]) => expect(decide(report, command)).toEqual(expected),
      fails: (code: string) => {
        let thrown: unknown;
        try {
          decide(report, command);
        } catch (error) {
          thrown = error;
        }
        expect((thrown as Problem)?.code).toBe(code);
      },
    }),
  };
};

describe('deciding on a report', () => {
  it('is submitted once', () => {
    const submit = { type: 'submit', id: R, handling, content, fingerprint: 'f' } as const;
    given().when(submit).then(submitted);
    given(submitted).when(submit).fails('report.submitted');
  });

  it('is released with its shield', () => {
    given(submitted)
      .when({ ...release, at: AT, shield: ['al'] })
      .then(released);
  });

  it('is released to others with a shield that never narrows, as of its first release', () => {
    given(submitted, released)
      .when({ ...release, audience: all, shield: ['rs'] })
      .then(fact('report-released', R, { ...terms, audience: all }, { shield: ['al', 'rs'] }));
  });

  it('is released with a tear line that is as strict as the report', () => {
    given(submitted)
      .when({ ...release, at: AT, shield: ['al'], tearLine: { id: T, content: tearContent, audience: all } })
      .then(released, tearLine);
  });

  it('takes purposes and embargo along to a tear line that stands', () => {
    const notBefore = '2027-01-01T00:00:00Z';
    given(submitted, released, tearLine)
      .when({ ...release, notBefore })
      .then(
        fact('report-released', R, { ...terms, notBefore }, { shield: ['al'] }),
        fact('tear-line-released', T, { ...terms, audience: all, notBefore }, { ...tearContent, shield: ['al'] }),
      );
  });

  it('is amended whole, and tells the tear line of what it inherits', () => {
    given(submitted, released, tearLine)
      .when({ type: 'amend', handling: { classification: 'SECRET' }, content: {}, reason: 'more known', shield: [] })
      .then(
        fact(
          'report-amended',
          R,
          { ...handling, classification: 'SECRET' as const },
          { content, shield: ['al'], reason: 'more known' },
        ),
        fact('tear-line-amended', T, {}, { shield: ['al'] }),
      );
    given(submitted, released, tearLine)
      .when({ type: 'amend', handling: {}, content: { title: 'More boats' }, reason: 'more known', shield: [] })
      .then(
        fact('report-amended', R, handling, {
          content: { ...content, title: 'More boats' },
          shield: ['al'],
          reason: 'more known',
        }),
      );
  });

  it('is shielded again only where that keeps out more', () => {
    given(submitted, released, tearLine)
      .when({ type: 'reshield', shield: ['al'] })
      .then();
    given(submitted)
      .when({ type: 'reshield', shield: ['al'] })
      .then();
    given(submitted, released, tearLine)
      .when({ type: 'reshield', shield: 'ALL' })
      .then(
        fact('report-reshielded', R, {}, { shield: 'ALL' as const }),
        fact('tear-line-reshielded', T, {}, { shield: 'ALL' as const }),
      );
  });

  it('ends together with its tear line', () => {
    const withTearLine = given(submitted, released, tearLine);
    withTearLine
      .when({ type: 'recall', reason: 'wrong' })
      .then(recalled, fact('tear-line-recalled', T, {}, { reason: 'wrong' }));
    withTearLine.when({ type: 'expire' }).then(expired, fact('tear-line-expired', T, {}, {}));
    withTearLine
      .when({ type: 'erase', reason: 'order' })
      .then(erased, fact('tear-line-erased', T, {}, { reason: 'order' }));
  });

  it('is erased from every state in which something is held', () => {
    const erase = { type: 'erase', reason: 'order' } as const;
    given(submitted).when(erase).then(erased);
    given(submitted, released, recalled).when(erase).then(erased);
    given(submitted, released, expired).when(erase).then(erased);
    given(submitted, erased).when(erase).fails('report.erased');
  });

  it('names the state that does not allow a command', () => {
    const recall = { type: 'recall', reason: 'wrong' } as const;
    const amend = { type: 'amend', handling: {}, content: { title: 'x' }, reason: 'r', shield: [] } as const;
    given().when(release).fails('report.not-submitted');
    given(submitted).when(recall).fails('report.not-released');
    given(submitted, released, recalled).when(recall).fails('report.recalled');
    given(submitted, released, recalled).when(release).fails('report.recalled');
    given(submitted, released, expired).when(amend).fails('report.expired');
    given(submitted, released, erased).when(release).fails('report.erased');
    given(submitted).when({ type: 'expire' }).then();
  });
});
