import { describe, expect, it } from '@jest/globals';
import { uuid } from '../testing/fixtures.ts';
import { cohortOf } from './cohort.ts';
import { byState, byYear, type Counted } from './statistics.ts';

const day = (text: string) => new Date(`${text}T12:00:00Z`);

describe('figures of returns', () => {
  const none = { requestedAt: null, returnedAt: null, transferredAt: null, abscondedAt: null, answers: [] };
  const issued = (text: string) => [{ id: uuid(1), kind: 'issued' as const, at: day(text) }];
  const all: Counted[] = [
    {
      ...{ ...none, returnTo: 'AL', stage: 'returned', openedAt: day('2024-12-01') },
      ...{ requestedAt: day('2024-12-02'), returnedAt: day('2025-01-10'), answers: issued('2024-12-12') },
    },
    {
      ...{ ...none, returnTo: 'AL', stage: 'documents-requested', openedAt: day('2025-03-01') },
      ...{ requestedAt: day('2025-03-02'), answers: issued('2025-03-03') },
    },
    {
      ...{ ...none, returnTo: 'AL', stage: 'documents-requested', openedAt: day('2025-03-01') },
      ...{
        requestedAt: day('2025-03-02'),
        answers: [{ id: uuid(2), kind: 'refused', at: day('2025-03-04') }],
      },
    },
    { ...none, returnTo: 'XK', stage: 'absconded', openedAt: day('2025-03-01'), abscondedAt: day('2025-04-01') },
  ];

  it('count each thing in its year', () => {
    expect(byYear(all)).toEqual([
      {
        ...{ year: '2024', opened: 1, open: 0, returned: 0, transferred: 0, absconded: 0 },
        documents: { requested: 1, issued: 1, refused: 0, meanDaysToIssue: 10 },
      },
      {
        ...{ year: '2025', opened: 3, open: 2, returned: 1, transferred: 0, absconded: 1 },
        documents: { requested: 2, issued: 1, refused: 1, meanDaysToIssue: 1 },
      },
    ]);
  });

  it('count by state of return', () => {
    expect(byState(all)).toMatchObject([
      { state: 'AL', opened: 3, open: 2, returned: 1, documents: { issued: 2, meanDaysToIssue: 5.5 } },
      { state: 'XK', opened: 1, open: 0, absconded: 1, documents: { requested: 0, meanDaysToIssue: null } },
    ]);
    expect(byState([])).toEqual([]);
  });

  it('take no time from a document that was there before it was asked for', () => {
    const early = { ...all[1]!, answers: issued('2025-03-01') };
    expect(byState([early])[0]!.documents).toMatchObject({ issued: 1, meanDaysToIssue: null });
  });
});

describe('a cohort of returns', () => {
  const now = day('2026-03-01').getTime();
  const returnedAt = day('2025-03-10');
  const after = (days: number) => ({ returnedAt, metAgainAt: new Date(returnedAt.getTime() + days * 86_400_000) });

  it('says who was met again within which time, and of whom that is not known yet', () => {
    const never = { returnedAt: day('2025-01-01'), metAgainAt: null };
    const notYet = { returnedAt, metAgainAt: null };
    expect(cohortOf('2025', [after(30), after(31), after(366), never, notYet], now)).toEqual({
      cohort: '2025',
      returned: 5,
      within: { 30: 1, 90: 2, 365: 2 },
      underObservation: 1,
      shares: { within: { 30: 0.2, 90: 0.4, 365: 0.4 }, underObservation: 0.2 },
    });
  });

  it('may be empty', () => {
    expect(cohortOf('2025', [], now)).toEqual({
      ...{ cohort: '2025', returned: 0, within: { 30: 0, 90: 0, 365: 0 }, underObservation: 0, shares: null },
    });
  });
});
