import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

  // The daily series of crossings, in the same product: starting one costs more than importing.
  const days = join(process.env['ACCORD_DATA'] ?? '', 'uk-small-boats-daily.csv');
  const seriesHere = existsSync(days);
  if (here && !seriesHere) console.warn("SKIPPED: the real daily series of crossings isn't in ACCORD_DATA.");
  const importCounts = (from: string, format: string) =>
    product.cli(
      'import',
      from,
      '--member',
      'GB',
      '--format',
      format,
      ...['--audience', 'TASK_FORCE', '--purposes', 'statistics', '--json'],
    );

  /** The year 2025 until the day in question, and the record day: every row costs a request. */
  const excerpt = (): string[] => {
    const [header, ...rows] = readFileSync(days, 'utf8').split('\n');
    return [header!, ...rows.filter((row) => /^"?(2022-09-0[1-4]|2025-0([1-4]-|5-(0|1[0-8])))/.test(row))];
  };
  const imported = (lines: readonly string[], format: string) => {
    const scratch = mkdtempSync(join(tmpdir(), 'accord-counts-'));
    writeFileSync(join(scratch, 'counts.csv'), `${lines.join('\n')}\n`);
    const result = importCounts(join(scratch, 'counts.csv'), format);
    rmSync(scratch, { recursive: true });
    return result;
  };

  (seriesHere ? it : it.skip)(
    'the daily series of crossings adds up for an analyst of another country',
    async () => {
      const { status, stdout } = imported(excerpt(), 'uk-small-boats');
      expect([status, JSON.parse(stdout)]).toEqual([0, { accepted: 142, rejected: [] }]);
      await settled(product, 'GB');
      const as = product.token('AL', 'analyst', 'OFFICIAL');
      const at = async (date: string) => {
        const path = `/v1/crossings/summary?originator=GB&date=${date}`;
        return (await call(product, 'views', 'GET', path, { as, purpose: 'statistics' })).json;
      };
      expect(await at('2025-05-15')).toMatchObject({ yearToDate: 12699, week: 893 });
      expect(await at('2025-05-11')).toMatchObject({ yearToDate: 11806 });
      expect(await at('2025-05-12')).toMatchObject({ yearToDate: 12407, day: 601 });
      expect(await at('2022-09-03')).toMatchObject({ day: 1305, boats: 27, peoplePerBoat: 48.33 });
    },
    120_000,
  );

  (seriesHere ? it : it.skip)(
    'a week that disagrees with its days is told, and nothing is appended twice',
    async () => {
      const as = product.token('GB', 'publisher');
      const released = async () => (await call(product, 'GB', 'GET', '/v1/status', { as })).json.released as number;
      const before = await released();
      expect(imported(excerpt().slice(0, 40), 'uk-small-boats').status).toBe(0);
      expect(await released()).toBe(before);
      const header = 'week_ending,migrants_arrived,boats_arrived,migrants_prevented,events_prevented';
      const weeks = imported([header, '2025-05-18,893,15,120,4', '2025-05-11,291,5,50,2'], 'uk-small-boats-weekly');
      expect([weeks.status, JSON.parse(weeks.stdout)]).toMatchObject([
        2,
        { accepted: 2, rejected: [{ line: 3, errors: [{ path: '/migrants_arrived', rule: 'week-disagrees' }] }] },
      ]);
      expect(weeks.stderr).toContain('2025-W19: the week says 291, its 7 days add up to 290.');
    },
    120_000,
  );

  it('meets real genotypes that two members share, each as a trace of the other, and nobody else', async () => {
    const rows = readFileSync(join(process.env['ACCORD_DATA']!, 'nist-1036-genotypes.csv'), 'utf8').split('\n');
    const few = join(product.dir, 'genotypes.csv');
    writeFileSync(few, rows.slice(0, 13).join('\n'));
    const lend = (member: string, which: string, kind: string) =>
      product.cli(
        ...['import', few, '--member', member, '--format', 'nist-str', '--rows', which, '--kind', kind],
        ...['--audience', 'TASK_FORCE', '--purposes', 'forensic-matching', '--json'],
      );
    const imported = ['reference', 'trace'].flatMap((kind) => {
      const [al, gb] = kind === 'reference' ? ['odd', 'even'] : ['even', 'odd'];
      return [lend('AL', al!, kind), lend('GB', gb!, kind)];
    });
    for (const { status, stdout } of imported) {
      expect([status, JSON.parse(stdout)]).toEqual([0, { accepted: 6, rejected: [] }]);
    }
    await settled(product, 'AL', 'GB');
    for (const member of ['AL', 'GB']) {
      const as = product.token(member, 'analyst', 'OFFICIAL');
      const { json } = await call(product, 'views', 'GET', '/v1/dna/hits', { as, purpose: 'forensic-matching' });
      const hits = json.items as { quality: number; own: string; other: { reference: string } }[];
      expect(hits).toHaveLength(12);
      for (const { quality, own, other } of hits) expect([quality, other.reference]).toEqual([1, own]);
    }
  });
});
