import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openKafkaExchange } from '#exchange/kafka';
import { aReport, call, PURPOSE, settled, toTaskForce, until } from '../support/caller.ts';
import { freePortBase } from '../support/ports.ts';
import { Product } from '../support/product.ts';
import { describeDistributed } from '../support/servers.ts';

const KILLS = 10;
/** How long a killed instance keeps its sources: most of them take over, and are killed with what they took. */
const SESSION_SECONDS = '2';
/** Between two reports of a member: the machine has to start processes, too. */
const PAUSE_MS = 150;
const VIEWS = join(process.cwd(), 'dist', 'apps', 'joint-views', 'src', 'main.js');

await describeDistributed('the whole as processes on a real Kafka and PostgreSQL', () => {
  let product: Product;
  let instance: ChildProcess | undefined;
  beforeAll(async () => {
    product = await Product.start({ command: 'start-distributed' });
  }, 180_000);
  afterAll(async () => {
    instance?.kill('SIGKILL');
    await product?.dispose();
  });

  const settings = (service: string): Record<string, string> =>
    Object.fromEntries(
      readFileSync(join(product.dir, 'services', `${service}.env`), 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
    );
  const publish = (member: string, n: string) =>
    call(product, member, 'POST', '/v1/reports', {
      as: product.token(member, 'publisher,supervisor'),
      body: aReport(n, toTaskForce),
    });
  const seen = (id: string) =>
    call(product, 'views', 'GET', `/v1/reports/${id}`, { as: product.token('XK', 'analyst'), purpose: PURPOSE });
  const replayed = () => JSON.parse(product.cli('replay', '--json').stdout);

  it('shows to one member what another released', async () => {
    const { json } = await publish('GB', 'far');
    await settled(product, 'GB');
    expect((await seen(json.id)).json).toMatchObject({ id: json.id, originator: 'GB' });
    expect(product.cli('topics').stdout).toContain('0 topics made, 0 rights granted, 0 revoked');
  });

  it('lets no member write in another’s name: the broker refuses it', async () => {
    const { KAFKA_BROKERS, KAFKA_USER, KAFKA_PASSWORD_FILE } = settings('member-node-AL');
    const sasl = {
      mechanism: 'plain' as const,
      username: KAFKA_USER!,
      password: readFileSync(KAFKA_PASSWORD_FILE!, 'utf8'),
    };
    const exchange = await openKafkaExchange({ brokers: [KAFKA_BROKERS!], clientId: 'forger', sasl, tryMs: 500 });
    try {
      const forged = [{ key: 'k', value: 'forged' }];
      await expect(exchange.append('/members/GB', forged)).rejects.toThrow();
      await expect(exchange.append('/registry/members', forged)).rejects.toThrow(/not authorized|TOPIC_AUTHORIZATION/i);
    } finally {
      await exchange.close();
    }
    expect(replayed()).toMatchObject({ differing: 0 });
  });

  it('gives each its own database, and nobody a superuser', () => {
    const urls = ['registry', 'joint-views', 'member-node-GB'].map((name) => new URL(settings(name).DATABASE_URL!));
    expect(urls.map(({ username, pathname }) => [username, pathname])).toEqual([
      ['accord_registry', '/accord_registry'],
      ['accord_joint_views', '/accord_joint_views'],
      ['accord_gb', '/accord_gb'],
    ]);
  });

  it(`keeps the views whole while one of two instances is killed and started again ${KILLS} times`, async () => {
    const port = String(await freePortBase());
    const start = async (isToBeReady: boolean): Promise<ChildProcess> => {
      const env = {
        PATH: process.env['PATH'],
        ...settings('joint-views'),
        PORT: port,
        KAFKA_SESSION_SECONDS: SESSION_SECONDS,
      };
      const child = spawn(process.execPath, [VIEWS], { env, stdio: 'ignore' });
      instance = child;
      const answers = () =>
        fetch(`http://127.0.0.1:${port}/health`).then(
          ({ ok }) => ok,
          () => false,
        );
      const isUp = await until(answers, (ok) => ok || child.exitCode !== null, isToBeReady ? 60_000 : 2_000);
      if (isToBeReady) expect(isUp).toBe(true);
      return child;
    };
    let [loading, sent] = [true, 0];
    const load = async (member: string): Promise<void> => {
      for (let n = 0; loading; n++, sent++) {
        expect((await publish(member, `load-${n}`)).status).toBe(201);
        await sleep(PAUSE_MS);
      }
    };
    const loads = Promise.all(['GB', 'AL', 'XK'].map(load));
    for (let kill = 0; kill < KILLS; kill++) {
      // Some die holding sources, some while they ask for a share.
      const child = await start(kill % 4 === 0);
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    }
    loading = false;
    await loads;
    await settled(product, 'GB', 'AL', 'XK');
    expect(sent).toBeGreaterThan(KILLS);
    expect(replayed()).toMatchObject({ differing: 0 });
    const { sources } = JSON.parse(product.cli('status', '--json').stdout) as {
      sources: { quarantined: boolean; gaps: unknown[] }[];
    };
    expect(sources.filter(({ quarantined, gaps }) => quarantined || gaps.length > 0)).toEqual([]);
  }, 300_000);

  it('ends every process that it started when it is told to stop', async () => {
    const list = execFileSync('ps', ['-o', 'pid=', '--ppid', String(product.pid)], { encoding: 'utf8' });
    const children = list.trim().split(/\s+/).map(Number);
    expect(children.length).toBe(9);
    await product.stop();
    const alive = children.filter((pid) => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    });
    expect(alive).toEqual([]);
  });
});
