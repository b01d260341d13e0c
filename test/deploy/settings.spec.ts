import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Type, type TObject } from '@sinclair/typebox';
import { KAFKA_SETTINGS } from '#exchange/configured';
import { parseConfig } from '#platform';
import { prepareHome } from '../../apps/accord/src/deployment/prepare.ts';
import { DatabasesSettings, PrepareSettings } from '../../apps/accord/src/deployment/settings.ts';
import { databaseOf } from '../../apps/accord/src/distributed/databases.ts';
import { codesOf, readMembers } from '../../apps/accord/src/embedded/task-force-seed.ts';
import { Home, type Endpoints } from '../../apps/accord/src/home/home.ts';
import { Settings as JointViews } from '../../apps/joint-views/src/settings.ts';
import { Settings as MemberNode } from '../../apps/member-node/src/settings.ts';
import { Settings as Registry } from '../../apps/registry/src/settings.ts';
import { composeWith, environmentIn, generatedEnv, mountsOf, read, ROOT } from './compose.ts';

const members = readMembers(ROOT);
const codes = codesOf(members);
const { services } = composeWith(generatedEnv());

/** What a service of our image runs, by the settings that this takes. */
const SETTINGS: Record<string, TObject> = {
  registry: Registry,
  'joint-views': JointViews,
  'member-node': MemberNode,
  prepare: PrepareSettings,
  databases: DatabasesSettings,
  topics: Type.Object(KAFKA_SETTINGS),
};
/** Whose secrets a service is given. */
const OWNER: Record<string, string> = {
  registry: 'registry',
  'joint-views-1': 'joint-views',
  'joint-views-2': 'joint-views',
  topics: 'kafka',
  ...Object.fromEntries(codes.map((code) => [`node-${code.toLowerCase()}`, code])),
};
/** The app, or the command of the command line. */
const programOf = ([main = '', command]: string[] = []): string =>
  command ?? /^dist\/apps\/([\w-]+)\//.exec(main)?.[1] ?? '';
const ours = Object.entries(services).filter(([name, { build }]) => build !== undefined && name !== 'cli');
const running = ours.filter(([, { environment }]) => environment?.['PORT'] !== undefined);

describe('the services of docker-compose.yml', () => {
  const dir = mkdtempSync(join(tmpdir(), 'accord-compose-'));
  const home = new Home(dir);
  beforeAll(async () => {
    const told = environmentIn(services['prepare']!);
    const settings = parseConfig(PrepareSettings, { ...told, ENDPOINTS_FILE: join(ROOT, 'deploy/endpoints.json') });
    await prepareHome(home, members, settings);
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('are the registry, two joint views, a node for each member, and the steps before them', () => {
    const nodes = codes.map((code) => `node-${code.toLowerCase()}`);
    const steps = ['databases', 'prepare', 'topics'];
    expect(ours.map(([name]) => name).sort()).toEqual(
      [...steps, 'registry', 'joint-views-1', 'joint-views-2', ...nodes].sort(),
    );
  });

  it.each(ours)('%s runs what the build makes, with settings that it takes', (_, service) => {
    const main = service.command![0]!;
    expect(existsSync(join(ROOT, main.replace(/^dist\/(.*)\.js$/, '$1.ts')))).toBe(true);
    const schema = SETTINGS[programOf(service.command)]!;
    const told = environmentIn(service);
    expect(Object.keys(told).filter((name) => !Object.hasOwn(schema.properties, name))).toEqual([]);
    expect(() => parseConfig(schema, told)).not.toThrow();
  });

  it.each(ours)('%s names files that `accord prepare` makes for it, and sees no other’s', (name, service) => {
    const files = Object.entries(environmentIn(service)).filter(([, path]) => path.startsWith('/run/accord/'));
    const [mount] = mountsOf(service);
    const owner = OWNER[name];
    if (owner === undefined) return expect({ name, files }).toEqual({ name, files: [] });
    expect(mount).toMatchObject({ target: '/run/accord', read_only: true, volume: { subpath: `services/${owner}` } });
    for (const [, path] of files)
      expect({ path, there: existsSync(join(dir, 'services', owner, path.slice('/run/accord/'.length))) }).toEqual({
        path,
        there: true,
      });
  });

  it.each(running)('%s is its owner at the database, at Kafka and by its own name', (name, service) => {
    const owner = OWNER[name]!;
    const { DATABASE_URL, KAFKA_USER, MEMBER, HOST, KAFKA_BROKERS } = environmentIn(service);
    const database = databaseOf(owner);
    expect(DATABASE_URL).toBe(`postgres://${database}@postgres:5432/${database}`);
    expect(KAFKA_USER).toBe(owner);
    if (codes.includes(owner)) expect(MEMBER).toBe(owner);
    expect(HOST).toBe('0.0.0.0');
    const kafka = environmentIn(services['kafka']!);
    expect(kafka['ACCORD_KAFKA_ADVERTISED']).toBe(`CLIENT://${KAFKA_BROKERS}`);
  });

  it('give the broker the passwords that the services have', () => {
    const at = (...path: string[]) => readFileSync(join(dir, 'services', ...path), 'utf8');
    for (const owner of ['registry', 'joint-views', ...codes])
      expect(at('kafka', 'users')).toContain(`user_${owner}="${at(owner, 'kafka-password')}"`);
    expect(at('kafka', 'users')).toContain(`user_admin="${at('kafka', 'admin-password')}"`);
    const kafka = mountsOf(services['kafka']!).find(({ target }) => target === '/run/accord');
    expect(kafka).toMatchObject({ read_only: true, volume: { subpath: 'services/kafka' } });
    for (const file of ['admin-password', 'users', 'cluster-id']) expect(at('kafka', file)).not.toBe('');
  });

  it('believe the issuers of Keycloak, and fetch their keys inside', () => {
    const issuer = JSON.parse(readFileSync(join(dir, 'services/GB/issuer.json'), 'utf8')) as object;
    expect(issuer).toEqual({
      issuer: 'http://127.0.0.1:8180/realms/GB',
      member: 'GB',
      jwksUri: 'http://keycloak:8080/realms/GB/protocol/openid-connect/certs',
    });
    const founders = readFileSync(join(dir, 'services/registry/founders.json'), 'utf8');
    for (const { code } of members.founders) expect(founders).toContain(`keycloak:8080/realms/${code}/`);
    expect(environmentIn(services['keycloak']!)['KC_HOSTNAME']).toBe('http://127.0.0.1:8180');
  });

  it('are made once: preparing again changes nothing', async () => {
    const secret = () => readFileSync(join(dir, 'services/GB/secret'), 'utf8');
    const [before, id] = [secret(), readFileSync(join(dir, 'services/kafka/cluster-id'), 'utf8')];
    await prepareHome(home, members, {});
    expect([secret(), readFileSync(join(dir, 'services/kafka/cluster-id'), 'utf8')]).toEqual([before, id]);
  });

  it('are where the command line looks for them', () => {
    const { registry, views, nodes } = JSON.parse(read('deploy/endpoints.json')) as Endpoints;
    const named = running.flatMap(([name, { networks, environment }]) => {
      const api = Array.isArray(networks) ? undefined : networks?.['api'];
      return [name, ...(api?.aliases ?? [])].map((host) => `http://${host}:${environment!['PORT']}`);
    });
    for (const url of [registry, views, ...Object.values(nodes)]) expect(named).toContain(url);
    expect(Object.keys(nodes)).toEqual(codes);
    for (const code of codes) expect(environmentIn(services[`node-${code.toLowerCase()}`]!)['VIEWS_URL']).toBe(views);
  });
});
