import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { call, PURPOSE, settled } from '../support/caller.ts';
import { Product } from '../support/product.ts';

const file = join(process.env['ACCORD_DATA'] ?? '', 'uk-sanctions-people-smuggling.jsonl');
const here = process.env['ACCORD_DATA'] !== undefined && existsSync(file);
if (!here)
  console.warn("SKIPPED: the real list of designations isn't here; ACCORD_DATA names the directory that holds it.");

(here ? describe : describe.skip)('the real list of designations', () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start();
  }, 180_000);
  afterAll(() => product?.dispose());

  const load = () =>
    product.cli(
      'import',
      file,
      '--member',
      'GB',
      '--format',
      'uk-sanctions',
      '--audience',
      'TASK_FORCE',
      '--purposes',
      PURPOSE,
      '--json',
    );

  it('is imported whole, and importing it again appends nothing', async () => {
    for (let time = 0; time < 2; time++) {
      const imported = load();
      expect([imported.status, JSON.parse(imported.stdout)]).toEqual([0, { accepted: 38, rejected: [] }]);
    }
    const { json } = await call(product, 'GB', 'GET', '/v1/status', { as: product.token('GB', 'publisher') });
    expect(json.released).toBe(38);
  });

  it('is found by an analyst of another country: people and networks, by name and by alias', async () => {
    await settled(product, 'GB');
    const as = product.token('AL', 'analyst', 'OFFICIAL');
    const page = async (schema: string) =>
      (await call(product, 'views', 'GET', `/v1/subjects?schema=${schema}&limit=500`, { as, purpose: PURPOSE })).json
        .items as { id: string; caption: string }[];
    const [people, networks] = [await page('Person'), await page('Organization')];
    expect([people.length, networks.length]).toEqual([32, 6]);
    for (const { id, caption } of [...people, ...networks]) {
      const found = await call(
        product,
        'views',
        'GET',
        `/v1/subjects?name=${encodeURIComponent(caption.toLowerCase())}`,
        { as, purpose: PURPOSE },
      );
      expect(found.json.items.map((item: { id: string }) => item.id)).toContain(id);
    }
  });
});
