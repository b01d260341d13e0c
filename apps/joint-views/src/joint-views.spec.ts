import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpWorld } from './intake/testing/http.ts';
import { ended, released } from './intake/testing/said.ts';
import { uuid } from './intake/testing/source.ts';

const R = uuid('r');

describe('the joint views over HTTP', () => {
  let http: HttpWorld;
  beforeAll(async () => {
    http = await HttpWorld.open();
  });
  afterAll(() => http.close());

  it('tells a member of its own source alone, and the operator of all', async () => {
    await http.world.say('GB', released(R));
    await http.world.settled();
    const own = await http.call('GET', '/v1/status', await http.token('GB'));
    expect(own.json.sources).toEqual([
      {
        source: '/members/GB',
        sequence: 1,
        applied: 1,
        lagSeconds: 0,
        gaps: [],
        quarantined: false,
        waitingSeconds: 0,
      },
    ]);
    const all = await http.call('GET', '/v1/status', await http.token(null));
    expect(all.json.sources.map(({ source }: { source: string }) => source)).toEqual([
      '/members/AL',
      '/members/GB',
      '/members/XK',
      '/registry/agreements',
      '/registry/members',
    ]);
    expect(all.json.registry).toEqual({ ageSeconds: 0 });
    expect((await http.call('GET', '/v1/status')).status).toBe(401);
  });

  it('serves what was taken in', async () => {
    await http.world.say('GB', released(uuid('seen')));
    await http.world.settled();
    expect((await http.call('GET', `/v1/reports/${uuid('seen')}`, await http.token('AL'))).json).toMatchObject({
      originator: 'GB',
    });
    await http.world.say('GB', ended(uuid('seen'), 'recalled'));
    await http.world.settled();
    expect((await http.call('GET', `/v1/reports/${uuid('seen')}`, await http.token('AL'))).status).toBe(404);
  });

  it('gives its numbers to the operator', async () => {
    const metrics = await http.call('GET', '/metrics', await http.token(null));
    expect(metrics.text).toMatch(/accord_views_applied_events_total\{source="\/members\/GB",.*\} \d+/);
    expect((await http.call('GET', '/metrics', await http.token('GB'))).status).toBe(403);
  });

  describe('resuming a source', () => {
    const hash = 'a'.repeat(64);
    it.each([
      [{ source: '/members/GB', sequence: 1 }],
      [{ source: '/members/GB', sequence: 1, hash: 'x' }],
      [{ source: '/members/gb', sequence: 1, hash }],
      [{ source: '/members/GB', sequence: -1, hash }],
      [{ source: '/members/GB', sequence: '1', hash }],
      [{ source: '/members/GB', sequence: 1, hash, more: 1 }],
    ])('%j is refused', async (body) => {
      expect((await http.call('POST', '/v1/sources/resume', await http.token(null), body)).status).toBe(400);
    });

    it('is the operator’s, and for one that is quarantined', async () => {
      const body = { source: '/members/GB', sequence: 1, hash };
      expect((await http.call('POST', '/v1/sources/resume', await http.token('GB', ['supervisor']), body)).status).toBe(
        403,
      );
      expect(await http.call('POST', '/v1/sources/resume', await http.token(null), body)).toMatchObject({
        status: 409,
        json: { code: 'source.not-quarantined' },
      });
    });
  });
});
