import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { environment } from '../config/config.ts';
import { deployed, fetchedByMaven } from './maven.ts';
import { withOutput } from './output.ts';
import { accepts, freePort } from './ports.ts';

const run = promisify(execFile);

/** What compose mounts, too. */
export const CONFIG = deployed('kafka');

export interface KafkaSetup {
  /** An empty folder, or that of an earlier start. */
  folder: string;
  /** What clients are told. */
  port: number;
  /** Where it listens, if that is another: something stands between it and its clients. */
  behind?: number;
  /** User to password, for SASL/PLAIN. There must be an `admin`. */
  users: Record<string, string>;
  /** The same for SCRAM-SHA-512. */
  scramUsers?: Record<string, string>;
  /** PEM files: the broker's key and certificates, and whom it trusts. Clients must use TLS then. */
  tls?: { keystore: string; truststore: string };
  /** A file for what the broker prints. */
  log?: string;
}

/** The environment that deploy/kafka/server.properties takes. */
export function environmentOf(
  setup: Omit<KafkaSetup, 'folder'>,
  where: { data: string; bind: string; controller: number },
): Record<string, string> {
  return {
    ACCORD_KAFKA_DATA: where.data,
    ACCORD_KAFKA_LISTENERS: `CLIENT://${where.bind},CONTROLLER://127.0.0.1:${where.controller}`,
    ACCORD_KAFKA_ADVERTISED: `CLIENT://127.0.0.1:${setup.port}`,
    ACCORD_KAFKA_VOTERS: `1@127.0.0.1:${where.controller}`,
    ACCORD_KAFKA_PROTOCOL: setup.tls ? 'SASL_SSL' : 'SASL_PLAINTEXT',
    ACCORD_KAFKA_KEYSTORE: setup.tls?.keystore ?? 'none',
    ACCORD_KAFKA_TRUSTSTORE: setup.tls?.truststore ?? 'none',
    ACCORD_KAFKA_ADMIN_PASSWORD: setup.users.admin!,
    ACCORD_KAFKA_USERS: plainUsers(setup.users),
  };
}

/** User to password as `ACCORD_KAFKA_USERS` of deploy/kafka/server.properties takes them. */
export function plainUsers(users: Record<string, string>): string {
  return Object.entries(users)
    .map(([user, password]) => `user_${user}="${password}"`)
    .join(' ');
}

/** An id for a broker's storage. One that began with '-' would be taken for an option. */
export function newClusterId(): string {
  return `A${randomBytes(16).toString('base64url').slice(1)}`;
}

/** The folder of Kafka's jars, fetched by Maven the first time. Throws where there is no Java 17 or no Maven. */
export const kafkaJars = (signal?: AbortSignal): Promise<string> =>
  fetchedByMaven('kafka-4.1.1', 'copy-dependencies', signal);

/** A broker on loopback. Resolves when it answers; its data is in the folder, so it can be started again. */
export async function startKafka(setup: KafkaSetup, signal?: AbortSignal): Promise<ChildProcess> {
  const jars = await kafkaJars(signal);
  const data = join(setup.folder, 'data');
  const listens = setup.behind ?? setup.port;
  const where = { data, bind: `127.0.0.1:${listens}`, controller: await freePort() };
  const env = { PATH: environment().PATH, ...environmentOf(setup, where) };
  if (!existsSync(data)) await format(jars, setup, env);
  signal?.throwIfAborted();
  // Tests are short: compiling well would take longer than it saves.
  const flags = ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', join(jars, '*')];
  const args = [...flags, 'kafka.Kafka', join(CONFIG, 'server.properties')];
  // A group of its own: a Ctrl-C meant for whoever started it is not meant for it.
  const broker = withOutput(setup.log, (out) =>
    spawn('java', args, { cwd: setup.folder, env, stdio: ['ignore', out, 'pipe'], detached: true }),
  );
  const errors: Buffer[] = [];
  broker.stderr!.on('data', (chunk: Buffer) => errors.length < 50 && errors.push(chunk));
  try {
    await answers(listens, () => broker.exitCode !== null || signal?.aborted === true);
  } catch (error) {
    await stopKafka(broker);
    throw new Error(`${(error as Error).message} ${Buffer.concat(errors).toString('utf8')}`, { cause: error });
  }
  return broker;
}

async function format(jars: string, { scramUsers = {} }: KafkaSetup, env: NodeJS.ProcessEnv): Promise<void> {
  const scram = Object.entries(scramUsers).flatMap(([user, password]) => [
    '--add-scram',
    `SCRAM-SHA-512=[name=${user},password=${password}]`,
  ]);
  const tool = ['-XX:TieredStopAtLevel=1', '-cp', join(jars, '*'), 'kafka.tools.StorageTool', 'format'];
  await run('java', [...tool, '-t', newClusterId(), '-c', join(CONFIG, 'server.properties'), ...scram], { env });
}

async function answers(port: number, hasEnded: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1200 && !hasEnded(); tries++) {
    if (await accepts(port)) return;
    await sleep(50);
  }
  throw new Error('the local Kafka did not start.');
}

/** Ends a broker at once, as a crash would: what it had acknowledged is in its folder. By SIGTERM it takes its leave. */
export async function stopKafka(broker: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (broker.exitCode !== null || broker.signalCode !== null) return;
  const ended = new Promise((resolve) => broker.once('exit', resolve));
  const insist = setTimeout(() => broker.kill('SIGKILL'), 15_000);
  broker.kill(signal);
  await ended;
  clearTimeout(insist);
}
