import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpWorld } from '../intake/testing/http.ts';
import { released } from '../intake/testing/said.ts';
import { uuid } from '../intake/testing/source.ts';

const R = uuid('r');

describe('a replay', () => {
  let http: HttpWorld;
  beforeAll(async () => {
    http = await HttpWorld.open();
    await http.world.say('GB', released(R));
    await http.world.settled();
  });
  afterAll(() => http.close());

  const done = async (id: string) => {
    const as = await http.token(null);
    await http.world.until(async () => (await http.call('GET', `/v1/replays/${id}`, as)).json.state !== 'running');
    return (await http.call('GET', `/v1/replays/${id}`, as)).json;
  };

  it('leaves every table as it is, and readers served', async () => {
    const as = await http.token('AL');
    const started = await http.call('POST', '/v1/replays', await http.token(null), {});
    expect(started).toMatchObject({ status: 202, json: { state: 'running' } });
    let reads = 0;
    let open = true;
    const reading = (async () => {
      while (open) {
        expect((await http.call('GET', `/v1/reports/${R}`, as)).status).toBe(200);
        reads += 1;
      }
    })();
    const saying = http.world.say('GB', released(uuid('meanwhile')));
    const report = await done(started.json.id);
    open = false;
    await Promise.all([reading, saying]);
    expect(report).toMatchObject({ state: 'done', phase: 'swapped', differing: 0 });
    expect(report.tables.map(({ name }: { name: string }) => name)).toContain('statements');
    expect(reads).toBeGreaterThan(0);
    await http.world.settled();
    expect((await http.call('GET', `/v1/reports/${uuid('meanwhile')}`, as)).status).toBe(200);
  });

  it('goes on within what was signed together, where one of its stretches ends', async () => {
    await http.world.say('GB', ...Array.from({ length: 2100 }, (_, n) => released(uuid(`many-${n}`))));
    await http.world.settled();
    const started = await http.call('POST', '/v1/replays', await http.token(null), {});
    expect(await done(started.json.id)).toMatchObject({ state: 'done', differing: 0 });
  });

  it('may report on one table', async () => {
    const started = await http.call('POST', '/v1/replays', await http.token(null), { view: 'names' });
    expect((await done(started.json.id)).tables).toMatchObject([{ name: 'names' }]);
  });

  it.each([[{ view: 'nothing' }], [{ more: 1 }], [[]]])('%j is refused', async (body) => {
    expect((await http.call('POST', '/v1/replays', await http.token(null), body)).status).toBe(400);
  });

  it('is the operator’s', async () => {
    expect((await http.call('POST', '/v1/replays', await http.token('GB', ['admin', 'supervisor']), {})).status).toBe(
      403,
    );
    expect((await http.call('GET', `/v1/replays/${R}`, await http.token(null))).status).toBe(404);
  });
});
