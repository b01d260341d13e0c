import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aReport, call, PURPOSE, settled, until } from '../support/caller.ts';
import { Product } from '../support/product.ts';

/** A country that no code mentions, from a file; its node runs beside the others. */
describe('a country that joins', () => {
  const dir = mkdtempSync(join(tmpdir(), 'accord-it-'));
  const file = join(dir, 'it.json');
  let product: Product;
  const ids: Record<string, string> = {};

  const admin = (member: string, path: string, body: object) =>
    call(product, 'registry', 'POST', path, { as: product.token(member, 'admin'), body });
  const asks = (path: string) =>
    call(product, 'views', 'GET', path, { as: product.token('IT', 'analyst'), purpose: PURPOSE });
  const onboard = (...args: string[]) => product.cli('onboard', 'IT', '--member-file', file, ...args);

  beforeAll(async () => {
    writeFileSync(file, JSON.stringify({ code: 'IT', name: 'Italy', contact: 'Accord desk Rome' }));
    product = await Product.start({ args: ['--member-file', file] });
    const release = { audience: 'TASK_FORCE', purposes: [PURPOSE] };
    const claimant = {
      ...{ id: 'p', schema: 'Person', subjectCategory: 'victim', assertion: 'fact', protectionClaim: true },
      properties: { name: ['Mira Prova'], nationality: ['it'] },
    };
    const of = async (name: string, over: Record<string, unknown>) => {
      const as = product.token('GB', 'publisher,supervisor');
      ids[name] = (await call(product, 'GB', 'POST', '/v1/reports', { as, body: aReport(name, over) })).json
        .id as string;
    };
    await of('all', { release });
    await of('some', { release: { ...release, audience: ['AL'] } });
    await of('claimant', { release, entities: [claimant] });
    await settled(product, 'GB');
  }, 180_000);
  afterAll(async () => {
    await product?.dispose();
    rmSync(dir, { recursive: true, force: true });
  });

  it('is told what it would see before anybody agrees, and nothing is changed by that', () => {
    const { status, stdout } = onboard('--dry-run', '--backfill', 'all', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      member: 'IT',
      state: 'none',
      previews: [
        { originator: 'AL', gains: [] },
        { originator: 'GB', gains: [{ category: 'intelligence', records: 1 }] },
        { originator: 'XK', gains: [] },
      ],
    });
    expect(JSON.parse(onboard('--dry-run', '--json').stdout)).toMatchObject({ state: 'none' });
  });

  it('joins by one command, which can be run again', async () => {
    const { status, stdout, stderr } = onboard('--yes', '--backfill', 'all', '--json');
    expect([status, stderr]).toEqual([0, stderr]);
    const { steps, state } = JSON.parse(stdout) as { state: string; steps: { step: string; said: string }[] };
    expect(state).toBe('active');
    expect(steps.map(({ step }) => step)).toEqual([
      'proposed',
      'approved',
      'keys registered',
      'conformance passed',
      'active',
      'backfilled',
    ]);
    const again = onboard('--yes', '--backfill', 'all', '--json');
    expect(again.status).toBe(0);
    expect((JSON.parse(again.stdout) as typeof stdout & { steps: object[] }).steps).toMatchObject([
      { said: 'already' },
      { said: 'already' },
      { said: 'already' },
      { said: 'already' },
      { said: 'already' },
      {},
    ]);
    expect((await asks('/v1/reports')).json.items).toEqual([]);
  }, 120_000);

  it('sees, under an agreement, what was for the whole task force, and its feed brings it', async () => {
    const terms = { title: 'Accession of Italy', parties: ['GB', 'IT'], categories: ['intelligence'] };
    const rest = { purposes: [PURPOSE], validFrom: '2025-01-01', onward: false };
    const { json: deal } = await admin('GB', '/v1/agreements', { ...terms, ...rest });
    for (const member of ['GB', 'IT']) await admin(member, `/v1/agreements/${deal.id}/sign`, {});
    const seen = await until(
      () => asks(`/v1/reports/${ids['all']}`),
      (answer) => answer.status === 200,
    );
    expect(seen.status).toBe(200);
    expect((await asks(`/v1/reports/${ids['some']}`)).status).toBe(404);
    expect((await asks(`/v1/reports/${ids['claimant']}`)).status).toBe(404);
    expect((await asks('/v1/changes')).json.items).toEqual([
      { id: ids['all'], kind: 'upserted', category: 'intelligence' },
    ]);
  });
});
