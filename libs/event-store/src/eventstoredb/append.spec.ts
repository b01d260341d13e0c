import { describe, expect, it } from '@jest/globals';
import { sideBySide } from './append.ts';

describe('sideBySide', () => {
  it('works on all, on no more than some at a time', async () => {
    const done: number[] = [];
    let [now, most] = [0, 0];
    await sideBySide([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now--;
      done.push(item);
    });
    expect(done).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('begins none after one has failed, and ends those in hand before it says so', async () => {
    const [begun, ended]: [number[], number[]] = [[], []];
    const working = sideBySide([1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      if (item === 1) throw new Error('no');
      await new Promise(setImmediate);
      ended.push(item);
    });
    await expect(working).rejects.toThrow('no');
    expect(begun).toEqual([1, 2]);
    expect(ended).toEqual([2]);
  });
});
