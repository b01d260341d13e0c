import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { CONFIG, environmentOf, POSTGRES_CONFIG } from '#platform/servers';
import { codesOf, readMembers } from '../../apps/accord/src/embedded/task-force-seed.ts';
import {
  composeWith,
  dotenv,
  environmentIn,
  generatedEnv,
  mountsOf,
  read,
  readYaml,
  ROOT,
  variablesOf,
} from './compose.ts';

const env = generatedEnv();
const compose = composeWith(env);
const services = Object.entries(compose.services);
const codes = codesOf(readMembers(ROOT));
const bindOf = (name: string): string =>
  join(ROOT, mountsOf(compose.services[name]!).find(({ type }) => type === 'bind')!.source);

describe('docker-compose.yml', () => {
  it('is what the Compose Specification allows', () => {
    const schema = JSON.parse(read('test/deploy/compose-spec.schema.json')) as { $schema?: string };
    // Ajv knows it by http only.
    delete schema.$schema;
    const check = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
    for (const one of [readYaml('docker-compose.yml'), compose]) {
      check(one);
      expect(check.errors).toBeNull();
    }
    check({ services: { wrong: { image: 'x', restarts: 'no' } } });
    expect(check.errors).not.toBeNull();
  });

  it('takes every variable that .env.example has, and no other', () => {
    const known = [...read('.env.example').matchAll(/^(?:# )?([A-Z][A-Z_]*)=/gm)].map(([, name]) => name!);
    const used = [...variablesOf(read('docker-compose.yml')), compose.secrets['operator-secret']!.environment];
    // Docker Compose itself takes it.
    expect([...new Set([...used, 'COMPOSE_PROFILES'])].sort()).toEqual([...known].sort());
  });

  it('refuses to start without a secret, and names it; the example has none', () => {
    const example = dotenv(read('.env.example'));
    const secrets = Object.keys(example).filter((name) => /_(PASSWORD|SECRET)$/.test(name));
    expect(secrets.length).toBeGreaterThan(5);
    for (const name of secrets) {
      expect(example[name]).toBe('');
      expect(() => composeWith({ ...env, [name]: '' })).toThrow(`${name}: make it by node deploy/env.mjs`);
    }
    expect(new Set(secrets.map((name) => env[name])).size).toBe(secrets.length);
  });

  it('pins every image, Kafka and Keycloak to the versions that the tests run on', () => {
    for (const [name, { image }] of services) expect(`${name} ${image}`).toMatch(/ \S+:v?\d[\w.-]*$/);
    const jars = /<artifactId>kafka_2.13<\/artifactId>\s*<version>(.*?)</.exec(read('deploy/kafka/pom.xml'))![1];
    expect(compose.services['kafka']!.image).toBe(`apache/kafka:${jars}`);
    const dist = /<artifactId>keycloak-quarkus-dist<\/artifactId>\s*<version>(.*?)</.exec(
      read('deploy/keycloak/pom.xml'),
    )![1];
    expect(compose.services['keycloak']!.image).toBe(`quay.io/keycloak/keycloak:${dist}`);
  });

  it('gives nobody more than it needs', () => {
    for (const [name, service] of services) {
      expect({ name, drop: service.cap_drop, opt: service.security_opt }).toEqual({
        name,
        drop: ['ALL'],
        opt: ['no-new-privileges:true'],
      });
    }
    const writable = services.filter(([, { read_only }]) => !read_only).map(([name]) => name);
    expect(writable).toEqual(['eventstoredb', 'keycloak', 'prometheus']);
  });

  it('publishes what callers need, on this machine only, and neither broker nor databases', () => {
    const published = services.filter(([, { ports }]) => ports);
    for (const [, { ports }] of published) for (const port of ports!) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    const hostPorts = published.flatMap(([, { ports }]) => ports!.map((port) => port.split(':')[1]));
    expect(new Set(hostPorts).size).toBe(hostPorts.length);
    for (const name of ['kafka', 'postgres', 'eventstoredb']) {
      const { ports, networks } = compose.services[name]!;
      expect(ports).toBeUndefined();
      for (const network of networks as string[]) expect(compose.networks[network]).toEqual({ internal: true });
    }
  });

  it('waits for steps that end, and for services that are asked how they are', () => {
    const steps = services.filter(([, { restart }]) => restart === 'no').map(([name]) => name);
    // Services of our own image have its health check.
    const asked = services.filter(
      ([, { build, healthcheck }]) => build !== undefined || healthcheck?.test?.[0] === 'CMD',
    );
    const waits = services.flatMap(([, { depends_on = {} }]) => Object.entries(depends_on));
    for (const [name, { condition }] of waits) {
      const ends = steps.includes(name);
      expect(`${name} ${condition}`).toBe(`${name} service_${ends ? 'completed_successfully' : 'healthy'}`);
      if (!ends) expect(asked.map(([one]) => one)).toContain(name);
    }
  });

  it('mounts files that there are: those that the tests and start:distributed run on', () => {
    for (const [, service] of services) {
      for (const { type, source, read_only } of mountsOf(service)) {
        if (type !== 'bind') expect(Object.keys(compose.volumes)).toContain(source);
        else expect({ there: existsSync(join(ROOT, source)), read_only }).toEqual({ there: true, read_only: true });
      }
    }
    expect(bindOf('kafka')).toBe(CONFIG);
    expect(join(bindOf('postgres'), 'postgresql.conf')).toBe(POSTGRES_CONFIG);
    expect(compose.services['postgres']!.command).toContain('config_file=/etc/accord/postgresql.conf');
  });

  it('tells Kafka what server.properties takes from the environment', () => {
    const taken = [...read('deploy/kafka/server.properties').matchAll(/\$\{env:(\w+)\}/g)].map(([, name]) => name!);
    const told = Object.keys(environmentIn(compose.services['kafka']!));
    const started = [...read('deploy/kafka/start.sh').matchAll(/^(ACCORD_KAFKA_\w+)=/gm)].map(([, name]) => name!);
    expect([...new Set(taken)].filter((name) => !told.includes(name)).sort()).toEqual(started.sort());
    const setup = { port: 9092, users: { admin: 'x' } };
    const here = environmentOf(setup, { data: '', bind: '', controller: 9093 });
    expect(Object.keys(here).sort()).toEqual([...new Set(taken)].sort());
    for (const file of ['start.sh', 'log4j2.properties']) expect(existsSync(join(CONFIG, file))).toBe(true);
  });

  it('gives Keycloak a realm for each member and one for the task force, with their secrets', () => {
    const told = environmentIn(compose.services['keycloak']!);
    for (const realm of [...codes, 'task-force']) {
      const text = read(`deploy/keycloak/${realm}-realm.json`);
      expect((JSON.parse(text) as { realm: string }).realm).toBe(realm);
      const secrets = variablesOf(text).filter((name) => name.endsWith('_SECRET'));
      expect(secrets).toEqual([`${realm.toUpperCase().replace('-', '_')}_SYSTEM_SECRET`]);
      expect(secrets.filter((name) => !told[name])).toEqual([]);
    }
  });

  it('is found by Prometheus: each service, at its port, as the operator', () => {
    type Config = { scrape_configs: { oauth2: object; static_configs: { targets: string[] }[] }[] };
    const { scrape_configs } = readYaml<Config>('deploy/prometheus/prometheus.yml');
    const targets = scrape_configs.flatMap(({ static_configs }) => static_configs.flatMap((one) => one.targets));
    const ours = services.filter(([, { environment }]) => environment?.['PORT'] !== undefined);
    expect(targets.sort()).toEqual(ours.map(([name, { environment }]) => `${name}:${environment!['PORT']}`).sort());
    for (const { oauth2 } of scrape_configs)
      expect(oauth2).toMatchObject({ client_secret_file: `/run/secrets/${Object.keys(compose.secrets)[0]}` });
    expect(compose.services['prometheus']).toMatchObject({ secrets: Object.keys(compose.secrets) });
  });
});
