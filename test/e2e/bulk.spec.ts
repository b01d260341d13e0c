import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { killedHalfway } from '../bulk/bulk.ts';
import { Product } from '../support/product.ts';

const LINES = 2_000;

describe('a batch that is cut off by a crash', () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start();
  }, 180_000);
  afterAll(() => product?.dispose());

  it('loses no acknowledged line, and stores none twice when it is sent again', async () => {
    const result = await killedHalfway(product, LINES);
    expect(result.acknowledgedBeforeKill).toBeGreaterThanOrEqual(LINES / 2);
    expect(result).toMatchObject({ accepted: LINES, changed: 0, listed: LINES, different: LINES });
  }, 240_000);
});
