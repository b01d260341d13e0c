/**
 * Keeps one Kafka broker for a whole test run. One whose folder's name ends in `tls` speaks TLS. At SIGUSR2 the broker
 * dies at once; at the next it is back.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CONFIG, environmentOf, startKafka, stopKafka } from '../../../platform/src/servers/kafka.ts';
import { freePort } from '../../../platform/src/servers/ports.ts';
import { keepServer, type Kept } from '../../../sql/src/testing/keep-server.ts';
import { selfSigned } from './self-signed.ts';

const NAMES = ['admin', 'registry', 'joint-views', 'GB', 'AL', 'XK', 'MK', 'ME'];
const users = Object.fromEntries(NAMES.map((name) => [name, randomBytes(12).toString('hex')]));
const scramUsers = { late: randomBytes(12).toString('hex') };
const FORMAT = [
  '/opt/kafka/bin/kafka-storage.sh format --ignore-formatted -t Zm9ydGVzdHNvZmFjY29yZA',
  `-c /tmp/accord/server.properties --add-scram 'SCRAM-SHA-512=[name=late,password=${scramUsers.late}]'`,
].join(' ');

const tls = process.argv[2]!.endsWith('-tls') ? selfSigned() : null;

function stateOf(port: number): object {
  return { brokers: [`127.0.0.1:${port}`], users, scramUsers, host: process.pid, authority: tls?.certificate };
}

/** The files of TLS, as paths in a folder and what goes there. */
function pemFiles(folder: string): { paths?: { keystore: string; truststore: string }; contents: [string, string][] } {
  if (!tls) return { contents: [] };
  const paths = { keystore: join(folder, 'keystore.pem'), truststore: join(folder, 'truststore.pem') };
  return {
    paths,
    contents: [
      [paths.keystore, tls.key + tls.certificate],
      [paths.truststore, tls.certificate],
    ],
  };
}

/** One after the other, however quickly the signals come. */
function onPower(off: () => Promise<unknown>, on: () => Promise<unknown>): void {
  let isOn = true;
  let turn: Promise<unknown> = Promise.resolve();
  process.on('SIGUSR2', () => {
    isOn = !isOn;
    turn = turn.then(isOn ? on : off);
  });
}

async function inDocker(): Promise<Kept> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const port = await freePort();
  const where = { data: '/tmp/accord/data', bind: '0.0.0.0:9092', controller: 9093 };
  const { paths, contents } = pemFiles('/tmp/accord');
  const files = [
    ['/tmp/accord/server.properties', readFileSync(join(CONFIG, 'server.properties'), 'utf8')],
    ...contents,
  ];
  const container = await new GenericContainer('apache/kafka:4.1.1')
    .withEnvironment({ ...environmentOf({ port, users, tls: paths }, where), KAFKA_HEAP_OPTS: '-Xmx512m' })
    .withCopyContentToContainer(files.map(([target, content]) => ({ target: target!, content: content!, mode: 0o644 })))
    .withExposedPorts({ container: 9092, host: port })
    .withUser('root')
    .withEntrypoint(['bash', '-c'])
    .withCommand([`${FORMAT} && exec /opt/kafka/bin/kafka-server-start.sh /tmp/accord/server.properties`])
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
  const docker = (what: string) => promisify(execFile)('docker', [what, container.getId()]);
  onPower(
    () => docker('kill'),
    () => docker('start'),
  );
  return { state: stateOf(port), stop: async () => void (await container.stop()) };
}

async function onThisMachine(folder: string, signal: AbortSignal): Promise<Kept> {
  const port = await freePort();
  const { paths, contents } = pemFiles(folder);
  for (const [path, content] of contents) writeFileSync(path, content, { mode: 0o600 });
  const setup = { folder, port, users, scramUsers, tls: paths };
  let broker = await startKafka(setup, signal);
  onPower(
    () => stopKafka(broker),
    async () => (broker = await startKafka(setup, signal)),
  );
  return { state: stateOf(port), stop: () => stopKafka(broker) };
}

keepServer({ Docker: inDocker, "Maven's jars": onThisMachine });
