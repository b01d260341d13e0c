import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger, routesOf } from '#platform';
import { callersOf, type Callers } from './callers.ts';
import { cellsOf, statusOf } from './cells.ts';
import { readMatrix, textOf, type Line } from './matrix.ts';
import { requestOf } from './requests.ts';
import { APPS, startTaskForce, type App, type TaskForce } from './task-force.ts';

const matrix = readMatrix();
/** The page's own files are its page's. */
const isPartOfDocs = (route: string) => /^GET \/docs\//.test(route);

describe('who may ask what', () => {
  let force: TaskForce;
  let callers: Callers;
  beforeAll(async () => {
    force = await startTaskForce(createLogger('test', 'silent'));
    callers = await callersOf(force.issuers);
  });
  afterAll(() => force.stop());

  /** Of an app as it runs: `HEAD` goes with `GET`. */
  const served = (app: App): string[] => {
    const { registry, node, views } = force.apps;
    const routes = routesOf({ registry: registry.app, 'member node': node.app, 'joint views': views.app }[app]);
    return routes.filter((route) => !route.startsWith('HEAD ') && !isPartOfDocs(route));
  };

  it.each(APPS)('is written down for every route of the %s, and for no other', async (app) => {
    const written = matrix.filter((line) => line.app === app).map(({ route }) => route);
    const missing = served(app).filter((route) => !written.includes(route));
    const proposed = [];
    for (const route of missing) proposed.push(textOf(route, await cellsOf(app, route, force, callers)));
    // Hold each proposed line against the rule before it goes to matrix.md: it is what the route answers, right or wrong.
    expect(proposed).toEqual([]);
    expect(written.filter((route) => !served(app).includes(route))).toEqual([]);
    expect(new Set(written).size).toBe(written.length);
  });

  it.each<[App, string, Line]>(matrix.map((line) => [line.app, line.route, line]))(
    '%s: %s',
    async (app, route, line) => {
      const cells = await cellsOf(app, route, force, callers);
      expect(textOf(route, cells)).toBe(textOf(route, line.cells));
    },
  );

  it('is the same for HEAD as for GET', async () => {
    for (const { app, route, cells } of matrix.filter((line) => line.route.startsWith('GET '))) {
      const request = { ...requestOf(route, force.things, 'own'), method: 'HEAD' };
      const status = await statusOf(force.base[app], request);
      expect([app, route, `${status}`]).toEqual([app, route, cells['no valid token']]);
    }
  });

  it('changes nothing by being asked', async () => {
    const admin = { authorization: `Bearer ${callers.own.get('admin')}` };
    const of = async (path: string) =>
      (await (await fetch(force.base.registry + path, { headers: admin })).json()) as object;
    expect(await of('/v1/members/GB')).toMatchObject({ state: 'active', version: 1 });
    expect(await of(`/v1/agreements/${force.things.agreement}`)).toMatchObject({ state: 'in-force', version: 3 });
    expect(await of('/v1/agreements')).toMatchObject({ items: { length: 2 } });
  });
});
