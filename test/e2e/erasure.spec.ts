import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashOf, readPlaced } from '#contracts';
import { aReport, call, PURPOSE, settled, toTaskForce } from '../support/caller.ts';
import { openStopped, tablesWith } from '../support/database.ts';
import { Product } from '../support/product.ts';

const MARK = 'Zanafilla Pashlyeshme';

describe('erasing a record', () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start();
  }, 180_000);
  afterAll(() => product?.dispose());

  const publish = async (n: string) => {
    const person = {
      id: 'p',
      schema: 'Person',
      properties: { name: [MARK], nationality: ['al'] },
      subjectCategory: 'suspect',
      assertion: 'fact',
    };
    const as = product.token('GB', 'publisher,supervisor');
    const { json } = await call(product, 'GB', 'POST', '/v1/reports', {
      as,
      body: aReport(n, { title: `On ${MARK}`, entities: [person], ...toTaskForce }),
    });
    await settled(product, 'GB');
    return json as { id: string; entities: { p: string } };
  };
  const seen = (path: string) =>
    call(product, 'views', 'GET', path, { as: product.token('XK', 'analyst'), purpose: PURPOSE });
  const where = () => openStopped(product, (db) => tablesWith(db, MARK));

  it('leaves its plaintext nowhere, and the chain whole, also after a replay', async () => {
    const { id, entities } = await publish('erase');
    expect((await seen('/v1/subjects?name=zanafilla')).text).toContain(MARK);

    await product.stop();
    // Only the views hold plaintext, and the search finds it there: so that finding nothing later means something.
    const before = await where();
    expect(before.length).toBeGreaterThan(0);
    expect(before.filter((table) => !table.startsWith('views.'))).toEqual([]);

    await product.start();
    const as = product.token('GB', 'publisher,supervisor');
    expect(
      (await call(product, 'GB', 'POST', `/v1/reports/${id}/erase`, { as, body: { reason: 'The court said so.' } }))
        .status,
    ).toBe(200);
    await settled(product, 'GB');
    const gone = async () => {
      for (const path of [`/v1/reports/${id}`, `/v1/subjects/${encodeURIComponent(entities.p)}`])
        expect((await seen(path)).status).toBe(404);
      for (const path of ['/v1/reports', '/v1/subjects', '/v1/subjects?name=zanafilla'])
        expect((await seen(path)).text).not.toContain(MARK);
      const own = await call(product, 'GB', 'GET', `/v1/reports/${id}`, { as });
      const history = await call(product, 'GB', 'GET', `/v1/reports/${id}/history`, { as });
      const list = await call(product, 'GB', 'GET', '/v1/reports', { as });
      expect(own.text + history.text + list.text).not.toContain(MARK);
    };
    await gone();

    const replayed = product.cli('replay', '--json');
    expect(JSON.parse(replayed.stdout).differing).toBe(0);
    await gone();

    await product.stop();
    expect(await where()).toEqual([]);
    await openStopped(product, async (db) => {
      const log = await db.query<{ value: string }>(
        `select value from exchange.log where source = '/members/GB' order by "offset"`,
      );
      expect(log.length).toBeGreaterThanOrEqual(2);
      let previous = '0'.repeat(64);
      for (const [i, { value }] of log.entries()) {
        const event = readPlaced(value);
        expect([event.sequence, event.previous]).toEqual([i + 1, previous]);
        previous = hashOf(value);
      }
    });
    await product.start();
  }, 180_000);

  it('accepts the same import again without bringing it back', async () => {
    const as = product.token('GB', 'publisher,supervisor');
    const list = await call(product, 'GB', 'GET', '/v1/reports', { as });
    const again = await call(product, 'GB', 'POST', '/v1/reports', {
      as,
      body: aReport('erase', {
        title: `On ${MARK}`,
        entities: [
          {
            id: 'p',
            schema: 'Person',
            properties: { name: [MARK], nationality: ['al'] },
            subjectCategory: 'suspect',
            assertion: 'fact',
          },
        ],
        ...toTaskForce,
      }),
    });
    expect(again.status).toBe(200);
    await settled(product, 'GB');
    expect((await seen('/v1/subjects?name=zanafilla')).json.items).toEqual([]);
    expect((await call(product, 'GB', 'GET', '/v1/reports', { as })).text).toBe(list.text);
  });
});
