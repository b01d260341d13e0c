import { describe, expect, it } from '@jest/globals';
import type { Problem, ReturnBody } from '#contracts';
import * as decide from './return.decide.ts';
import type { ReturnCase } from './return.decide.ts';

const HUB = '01980000-0000-7000-8000-0000000000d2';
const T = '2026-01-10T12:00:00Z';
const on = { id: '01980000-0000-7000-8000-0000000000d1', member: 'GB', at: T, known: [], claims: ['a claim'] };
const body: ReturnBody = {
  person: { schema: 'Person', properties: { name: ['Agim Provë'], nationality: ['AL'] } },
  returnTo: 'AL',
  appeals: 'exhausted',
  evidence: 'A copy of a birth certificate.',
};

const codeOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    const { code, errors = [] } = error as Problem;
    return [code, ...errors.map(({ path, rule }) => `${path} ${rule}`)].join(' ');
  }
};

describe('opening a return', () => {
  it('is refused while an appeal is pending', () => {
    expect(codeOf(() => decide.openReturn({ ...body, appeals: 'pending' }, on))).toBe(
      'return.appeal-pending /appeals exhausted',
    );
  });

  it('keeps what was finally refused at home, and the rest', () => {
    expect(decide.openReturn(body, on)).toEqual({
      person: {
        id: expect.stringMatching(/^GB:[0-9a-f-]{36}$/),
        schema: 'Person',
        properties: { name: ['Agim Provë'], nationality: ['al'] },
      },
      returnTo: 'AL',
      evidence: 'A copy of a birth certificate.',
      stage: 'opened',
      openedAt: T,
      refusedClaims: ['a claim'],
    });
  });

  it('names what is wrong with the person', () => {
    const person = { ...body.person, properties: { shoeSize: ['44'] } };
    expect(codeOf(() => decide.openReturn({ ...body, person }, on))).toBe(
      'entity.invalid /person/properties/shoeSize unknown-property',
    );
    const foreign = { ...body.person, id: `AL:${HUB}` };
    expect(codeOf(() => decide.openReturn({ ...body, person: foreign }, on))).toBe(
      'entity.invalid /person/id unknown-entity',
    );
  });
});

describe('a return on its way', () => {
  const opened = decide.openReturn(body, on);
  const requested: ReturnCase = { ...opened, stage: 'documents-requested', requestedAt: T };
  const scheduled: ReturnCase = { ...requested, stage: 'return-scheduled', scheduledFor: T };
  const returned: ReturnCase = { ...scheduled, stage: 'returned', returnedAt: T };
  const transferred: ReturnCase = { ...scheduled, stage: 'transferred-to-hub', transferredAt: T, hub: HUB };
  const absconded: ReturnCase = { ...scheduled, stage: 'absconded', abscondedAt: T };
  const closed: ReturnCase = { ...returned, stage: 'closed', closedAt: T };
  const steps: Record<string, (now: ReturnCase) => ReturnCase> = {
    request: (now) => decide.requestDocuments(now, T),
    schedule: (now) => decide.schedule(now, T),
    complete: (now) => decide.complete(now, T),
    abscond: (now) => decide.abscond(now, T),
    transfer: (now) => decide.transfer(now, { hub: HUB, at: T }),
    close: (now) => decide.close(now, T),
  };

  it('goes from step to step', () => {
    expect(steps['request']!(opened)).toEqual(requested);
    expect(steps['schedule']!(requested)).toEqual(scheduled);
    expect(steps['complete']!(scheduled)).toEqual(returned);
    expect(steps['transfer']!(scheduled)).toEqual(transferred);
    expect(steps['abscond']!(scheduled)).toEqual(absconded);
    expect(steps['close']!(returned)).toEqual(closed);
  });

  it('is scheduled whether or not a document was asked for, and anew', () => {
    expect(steps['schedule']!(opened)).toMatchObject({ stage: 'return-scheduled' });
    expect(decide.schedule(scheduled, '2026-02-01T08:00:00Z')).toEqual({
      ...scheduled,
      scheduledFor: '2026-02-01T08:00:00Z',
    });
  });

  it.each([
    ['request', requested, 'return.documents-requested'],
    ['request', scheduled, 'return.return-scheduled'],
    ['schedule', returned, 'return.returned'],
    ['complete', opened, 'return.not-scheduled'],
    ['complete', requested, 'return.not-scheduled'],
    ['complete', returned, 'return.returned'],
    ['complete', absconded, 'return.absconded'],
    ['transfer', requested, 'return.not-scheduled'],
    ['transfer', transferred, 'return.transferred-to-hub'],
    ['transfer', returned, 'return.returned'],
    ['abscond', returned, 'return.returned'],
    ['abscond', transferred, 'return.transferred-to-hub'],
    ['close', opened, 'return.not-ended'],
    ['close', scheduled, 'return.not-ended'],
    ['close', closed, 'return.closed'],
  ] as const)('%s where it is %#', (step, now, code) => {
    expect(codeOf(() => steps[step]!(now))).toBe(code);
  });

  it('tells where a place is asked for, until the person is somewhere', () => {
    const asked = decide.askForPlace(scheduled, HUB);
    expect(asked).toEqual({ ...scheduled, asked: HUB });
    expect(decide.askForPlace(asked, HUB)).toBe(asked);
    for (const step of ['transfer', 'complete', 'abscond']) {
      expect(steps[step]!(asked)).toEqual(steps[step]!(scheduled));
    }
  });

  it('ends in each way', () => {
    for (const ended of [returned, transferred, absconded]) {
      expect(steps['close']!(ended)).toEqual({ ...ended, stage: 'closed', closedAt: T });
    }
  });
});
