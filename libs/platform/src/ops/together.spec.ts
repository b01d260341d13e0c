import { describe, expect, it } from '@jest/globals';
import { Together } from './together.ts';

/** Work that squares, notes each batch, and fails with what is negative. */
const squaring = (ways: ConstructorParameters<typeof Together<number, number>>[1]) => {
  const batches: number[][] = [];
  const together = new Together<number, number>(async (batch) => {
    batches.push([...batch]);
    await new Promise(setImmediate);
    if (batch.some((n) => n < 0)) throw new RangeError('negative');
    return batch.map((n) => n * n);
  }, ways);
  const all = (numbers: readonly number[]) => Promise.allSettled(numbers.map((n) => together.add(n)));
  return { batches, together, all };
};
const values = (settled: readonly PromiseSettledResult<number>[]) =>
  settled.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message));

describe('work that is done together', () => {
  it('gives each its own result, and what comes meanwhile the next batch', async () => {
    const { batches, all } = squaring({ most: 3 });
    expect(values(await all([1, 2, 3, 4, 5, 6]))).toEqual([1, 4, 9, 16, 25, 36]);
    expect(batches).toEqual([[1], [2, 3, 4], [5, 6]]);
    expect(values(await all([7]))).toEqual([49]);
  });

  it.each([
    ['gathers after a crowd', 2, [[1], [2, 3], [4, 5]]],
    ['gathers nobody where no crowd was', 3, [[1], [2, 3], [4], [5]]],
  ])('%s', async (_, crowd, expected) => {
    const { batches, together } = squaring({ most: 2, gathering: { crowd, ms: 4 } });
    const asked = [1, 2, 3, 4].map((n) => together.add(n));
    await asked[1];
    await new Promise(setImmediate);
    await Promise.all([...asked, together.add(5)]);
    expect(batches).toEqual(expected);
  });

  it('fails a whole batch, and goes on with the next', async () => {
    const { all } = squaring({ most: 2 });
    expect(values(await all([1, -2, 3, 4]))).toEqual([1, 'negative', 'negative', 16]);
  });

  it('tries those of a failed batch one by one, if told so of the error', async () => {
    const apart = (error: unknown) => error instanceof RangeError;
    const { batches, all } = squaring({ most: 3, apart });
    expect(values(await all([1, -2, 3, 4]))).toEqual([1, 'negative', 9, 16]);
    expect(batches).toEqual([[1], [-2, 3, 4], [-2], [3], [4]]);
  });
});
