import { describe, expect, it } from '@jest/globals';
import type { AssistanceContent, Problem } from '#contracts';
import { deliver, draw, MOST_DRAWS, pledge, putInUse, retire } from './assistance.decide.ts';

const at = '2026-01-01T00:00:00.000Z';
const on = { id: 'x', member: 'GB', at };
const machines: AssistanceContent = {
  ...{ receiver: 'AL', kind: 'equipment', item: 'forgery-detection machine', quantity: 2 },
  ...{ stage: 'pledged', pledgedAt: at },
};
const fund: AssistanceContent = {
  ...{ receiver: 'AL', kind: 'money', item: 'Programme', amount: '999999999999999.99', currency: 'GBP' },
  ...{ stage: 'pledged', pledgedAt: at, drawn: '0.00', draws: [] },
};

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as Problem).code;
  }
  return 'none';
};

describe('assistance', () => {
  it('is pledged by the piece or in money', () => {
    expect(pledge({ receiver: 'AL', kind: 'equipment', item: machines.item, quantity: 2 }, on)).toEqual(machines);
    const { amount } = fund;
    expect(pledge({ receiver: 'AL', kind: 'money', item: 'Programme', amount: amount!, currency: 'GBP' }, on)).toEqual(
      fund,
    );
  });

  it('counts in hundredths, where a binary fraction would lose them', () => {
    const first = draw(fund, { amount: '999999999999999.97', for: 'a' }, on);
    expect(first.drawn).toBe('999999999999999.97');
    const second = draw(first, { amount: '0.02', for: 'b' }, on);
    expect(second).toMatchObject({
      drawn: '999999999999999.99',
      draws: [{ for: 'a' }, { amount: '0.02', for: 'b', at }],
    });
    expect(codeOf(() => draw(second, { amount: '0.01', for: 'c' }, on))).toBe('assistance.overdrawn');
    expect(
      draw(draw({ ...fund, amount: '0.30' }, { amount: '0.1', for: 'a' }, on), { amount: '0.2', for: 'b' }, on).drawn,
    ).toBe('0.30');
  });

  it('is drawn on as often as an event can tell', () => {
    const once = { amount: '0.01', for: 'ж'.repeat(500), at };
    const drawn = (times: number) => ({ ...fund, draws: Array.from({ length: times }, () => once) });
    const last = draw(drawn(MOST_DRAWS - 1), once, on);
    // Sealed it is a third larger; the exchange takes 8 MiB.
    expect(Buffer.byteLength(JSON.stringify(last))).toBeLessThan(5 * 1024 * 1024);
    expect(codeOf(() => draw(last, once, on))).toBe('assistance.invalid');
    expect(retire(deliver(last, {}, on)).stage).toBe('retired');
  });

  it('goes one way', () => {
    const delivered = deliver(machines, {}, on);
    expect(delivered).toEqual({ ...machines, stage: 'delivered', deliveredAt: at });
    const used = putInUse(delivered);
    expect(retire(used).stage).toBe('retired');
    expect(retire(delivered).stage).toBe('retired');
    expect(codeOf(() => deliver(delivered, {}, on))).toBe('assistance.not-pledged');
    expect(codeOf(() => putInUse(machines))).toBe('assistance.not-delivered');
    expect(codeOf(() => putInUse(used))).toBe('assistance.not-delivered');
    expect(codeOf(() => retire(machines))).toBe('assistance.not-delivered');
    expect(codeOf(() => retire(retire(used)))).toBe('assistance.retired');
  });

  it('knows money from equipment', () => {
    expect(codeOf(() => draw(machines, { amount: '1', for: 'a' }, on))).toBe('assistance.not-money');
    expect(codeOf(() => putInUse(deliver(fund, {}, on)))).toBe('assistance.not-equipment');
    expect(codeOf(() => draw({ ...fund, stage: 'retired' }, { amount: '1', for: 'a' }, on))).toBe('assistance.retired');
    expect(codeOf(() => draw(fund, { amount: '0.00', for: 'a' }, on))).toBe('assistance.invalid');
  });
});
