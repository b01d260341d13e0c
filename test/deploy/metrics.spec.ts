import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { aReport, call, PURPOSE, settled, toTaskForce } from '../support/caller.ts';
import { Product } from '../support/product.ts';
import { namesOf, readExposition, type Family } from './exposition.ts';
import { namesIn } from './promql.ts';

const read = (...path: string[]) => readFileSync(join(process.cwd(), 'deploy', ...path), 'utf8');

interface Alerts {
  groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[];
}
interface Board {
  panels: { title: string; targets?: { expr: string; legendFormat: string }[] }[];
}
interface Scraped {
  job_name: string;
  oauth2: object;
  static_configs: { targets: string[] }[];
}

const rules = (parse(read('prometheus', 'alerts.yml')) as Alerts).groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(read('grafana', 'dashboards', 'accord.json')) as Board;
const queries = panels.flatMap(({ title, targets = [] }) => targets.map((target) => ({ title, ...target })));
const asked: [string, string][] = [
  ...rules.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...queries.map(({ title, expr }): [string, string] => [title, expr]),
];

/** What Prometheus itself adds to what it scrapes. */
const OWN_METRICS = ['up'];
const OWN_LABELS = ['job', 'instance'];
/** Every label there is, with what its values may look like: codes, patterns and numbers, never what a caller or a record says. */
const LABELS: Record<string, RegExp> = {
  app: /^(registry|joint-views|member-node-[A-Z]{2})$/,
  source: /^\/(members\/[A-Z]{2}|registry\/(members|agreements))$/,
  method: /^[A-Z]+$/,
  route: /^(unmatched|(\/([a-zA-Z0-9:.*-]+|\{[a-z]+\}))+|\/)$/,
  status: /^\d{3}$/,
  reason: /^[a-z-]+$/,
  outcome: /^(stored|conflict|failed|answered|absent)$/,
  of: /^(relay|sources|instance|registry)$/,
  le: /^([\d.e-]+|\+Inf)$/,
  // The process's own.
  version: /^v[\d.]+$/,
  major: /^\d+$/,
  minor: /^\d+$/,
  patch: /^\d+$/,
  type: /^\w+$/,
  kind: /^\w+$/,
  space: /^\w+$/,
};
const ID = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}/i;

describe('what Prometheus is told to read', () => {
  it('is every process by its name in compose, with tokens of the operator that it fetches itself', () => {
    const { scrape_configs } = parse(read('prometheus', 'prometheus.yml'), { merge: true }) as {
      scrape_configs: Scraped[];
    };
    const oauth2 = {
      client_id: 'accord-system',
      client_secret_file: '/run/secrets/operator-secret',
      token_url: 'http://keycloak:8080/realms/task-force/protocol/openid-connect/token',
    };
    expect(scrape_configs.map((one) => one.oauth2)).toEqual(scrape_configs.map(() => oauth2));
    expect(scrape_configs.flatMap((one) => one.static_configs.flatMap(({ targets }) => targets))).toEqual([
      'registry:4000',
      ...['gb:4101', 'al:4102', 'xk:4103', 'mk:4104', 'me:4105'].map((node) => `node-${node}`),
      'joint-views-1:4100',
      'joint-views-2:4100',
    ]);
    expect(parse(read('prometheus', 'prometheus.yml'))).toMatchObject({ rule_files: ['/etc/prometheus/alerts.yml'] });
  });
});

describe('the metrics of a started product', () => {
  let product: Product;
  let families: Map<string, Family>;

  beforeAll(async () => {
    product = await Product.start({ seed: 'none' });
    await use(product);
    families = await exposed(product);
  }, 120_000);
  afterAll(() => product.dispose());

  it.each(asked)('have all that is asked for: %s', (_, expression) => {
    const { metrics, labels } = namesIn(expression);
    const known = new Set([...families].flatMap(([name, family]) => namesOf(name, family)));
    expect(metrics).not.toEqual([]);
    expect(metrics.filter((name) => !known.has(name) && !OWN_METRICS.includes(name))).toEqual([]);
    expect(labels.filter((label) => !(label in LABELS) && !OWN_LABELS.includes(label))).toEqual([]);
  });

  it('are those that docs/operating.md explains, each of them', () => {
    const page = readFileSync(join(process.cwd(), 'docs', 'operating.md'), 'utf8');
    const [, watch = ''] = page.split('## What to watch');
    const told = [...watch.matchAll(/`(accord)?(_[a-z_]+)/g)].map(([, , name = '']) => name);
    const own = [...families.keys()].filter((name) => name.startsWith('accord_'));
    expect(own.filter((name) => !told.some((end) => name.endsWith(end)))).toEqual([]);
    expect(told.filter((end) => !own.some((name) => name.endsWith(end)))).toEqual([]);
  });

  it('are named as Prometheus wants: counters, and nothing else, end in _total', () => {
    const own = [...families].filter(([name]) => name.startsWith('accord_'));
    for (const [name, { type }] of own) expect([name, type === 'counter']).toEqual([name, name.endsWith('_total')]);
    expect(own.length).toBeGreaterThan(20);
  });

  it('hold no id, no name, and nothing that a caller sent', () => {
    const samples = [...families.values()].flatMap((family) => family.samples);
    const labels = samples.flatMap((sample) => Object.entries(sample.labels));
    for (const [name, value] of labels) {
      expect([name, value, LABELS[name]?.test(value)]).toEqual([name, value, true]);
      expect(value).not.toMatch(ID);
    }
    const routes = new Set(labels.filter(([name]) => name === 'route').map(([, value]) => value));
    expect([...routes]).toEqual(expect.arrayContaining(['/v1/reports/{id}', '/v1/reports:batch', 'unmatched']));
  });

  it('count what happened', () => {
    const of = (name: string, labels: Record<string, string>): number =>
      (families.get(name)?.samples ?? [])
        .filter((sample) => Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
        .reduce((sum, { value }) => sum + value, 0);
    expect(of('accord_relay_released_events_total', { source: '/members/GB' })).toBe(1);
    expect(of('accord_relay_relayed_events_total', { source: '/members/GB' })).toBe(1);
    expect(of('accord_views_applied_events_total', { source: '/members/GB' })).toBe(1);
    expect(of('accord_views_reads_total', { outcome: 'answered' })).toBe(1);
    expect(of('accord_views_reads_total', { outcome: 'absent' })).toBe(1);
    expect(of('accord_http_refused_total', { app: 'joint-views', reason: 'unauthenticated' })).toBe(1);
    expect(of('accord_http_refused_total', { app: 'joint-views', reason: 'forbidden' })).toBe(1);
    expect(of('accord_event_store_appended_events_total', { source: '/members/GB' })).toBeGreaterThan(1);
    expect(of('accord_views_refused_events_total', {})).toBe(0);
    expect(of('accord_metrics_failures_total', {})).toBe(0);
  });
});

/** One of each thing that is counted, with ids and names where a careless label would take them from. */
const use = async (product: Product): Promise<void> => {
  const as = product.token('GB', 'publisher,supervisor');
  const { json } = await call(product, 'GB', 'POST', '/v1/reports', { as, body: aReport('watched', toTaskForce) });
  await call(product, 'GB', 'POST', '/v1/reports:batch', { as, raw: '{}\n', type: 'application/x-ndjson' });
  await settled(product, 'GB');
  const analyst = { as: product.token('AL', 'analyst'), purpose: PURPOSE };
  await call(product, 'views', 'GET', `/v1/reports/${json.id}`, { ...analyst, as: product.token('GB', 'analyst') });
  await call(product, 'views', 'GET', '/v1/reports/0198f7a0-0000-7000-8000-000000000001', analyst);
  await call(product, 'views', 'GET', `/${json.id}/Arben%20Shembulli`);
  await call(product, 'views', 'GET', '/v1/reports', { purpose: PURPOSE });
  await call(product, 'views', 'GET', '/metrics', analyst);
};

/** What all apps tell the operator, family by family. */
const exposed = async (product: Product): Promise<Map<string, Family>> => {
  const families = new Map<string, Family>();
  for (const where of ['registry', 'views', 'GB', 'AL', 'XK', 'MK', 'ME']) {
    const { status, text } = await call(product, where, 'GET', '/metrics', { as: product.token(null) });
    expect(status).toBe(200);
    for (const [name, { type, samples }] of readExposition(text)) {
      const known = families.get(name);
      families.set(name, { type, samples: [...(known?.samples ?? []), ...samples] });
    }
  }
  return families;
};
