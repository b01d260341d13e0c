import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aReport, call, PURPOSE, settled, toTaskForce, until } from '../support/caller.ts';
import { openStopped } from '../support/database.ts';
import { Product } from '../support/product.ts';

describe("a changed byte in the exchange's log", () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start({ env: { ACCORD_WITHHOLD_AFTER_SECONDS: '2' } });
  }, 180_000);
  afterAll(() => product?.dispose());

  const publish = async (member: string, n: string) => {
    const as = product.token(member, 'publisher,supervisor');
    const { json } = await call(product, member, 'POST', '/v1/reports', { as, body: aReport(n, toTaskForce) });
    await settled(product, member);
    return json.id as string;
  };
  const seen = (id: string) =>
    call(product, 'views', 'GET', `/v1/reports/${id}`, { as: product.token('XK', 'analyst'), purpose: PURPOSE });
  const status = async () => (await call(product, 'views', 'GET', '/v1/status', { as: product.token(null) })).json;
  const source = async (name: string) => (await status()).sources.find((s: { source: string }) => s.source === name);

  it('quarantines that source alone, and withholds its records after the configured time', async () => {
    const first = await publish('GB', 't-1');
    const second = await publish('GB', 't-2');
    const third = await publish('GB', 't-3');
    const other = await publish('AL', 't-4');
    await product.stop();
    await openStopped(product, async (db) => {
      const changed = await db.query(
        `update exchange.log set value = replace(value, 'OFFICIAL', 'OFFICIAl') where source = '/members/GB' and key = $1 returning key`,
        [second],
      );
      expect(changed).toHaveLength(1);
      // The views are disposable: gone, they are built again from the log.
      await db.exec('drop schema views cascade');
    });
    await product.start();
    const quarantined = await until(
      () => source('/members/GB'),
      (s) => s?.quarantined === true,
    );
    expect(quarantined).toMatchObject({ quarantined: true, applied: 1 });
    await until(
      () => seen(other),
      (answer) => answer.status === 200,
    );
    expect((await seen(other)).status).toBe(200);
    expect((await seen(second)).status).toBe(404);
    expect((await seen(third)).status).toBe(404);
    expect(
      (
        await until(
          () => seen(first),
          (answer) => answer.status === 404,
        )
      ).status,
    ).toBe(404);
    expect((await source('/members/AL')).quarantined).toBe(false);
    expect((await seen(other)).status).toBe(200);
    const own = await call(product, 'views', 'GET', `/v1/reports/${first}`, {
      as: product.token('GB', 'analyst'),
      purpose: PURPOSE,
    });
    expect(own.status).toBe(200);
  }, 180_000);

  it('tells what stands there to the operator, who alone may go on from an explicit place', async () => {
    const { sequence, hash } = await openHash();
    const body = { source: '/members/GB', sequence, hash };
    const path = '/v1/sources/resume';
    expect(
      (await call(product, 'views', 'POST', path, { as: product.token('GB', 'admin,supervisor'), body })).status,
    ).toBe(403);
    expect(
      (await call(product, 'views', 'POST', path, { as: product.token(null), body: { ...body, hash: 'x' } })).status,
    ).toBe(400);
    expect((await call(product, 'views', 'POST', path, { as: product.token(null), body })).status).toBe(200);
    const resumed = await until(
      () => source('/members/GB'),
      (s) => s?.applied === s?.sequence && !s?.quarantined,
    );
    expect(resumed).toMatchObject({ quarantined: false, gaps: [] });
  }, 180_000);

  /** What the untouched event's successor names as its previous: the hash that the operator was told by the member. */
  const openHash = async () => {
    await product.stop();
    const found = await openStopped(product, async (db) => {
      const rows = await db.query<{ value: string }>(
        `select value from exchange.log where source = '/members/GB' order by "offset"`,
      );
      return { sequence: 2, hash: (JSON.parse(rows[2]!.value) as { previous: string }).previous };
    });
    await product.start();
    await until(
      () => source('/members/GB'),
      (s) => s?.quarantined === true,
    );
    return found;
  };
});
