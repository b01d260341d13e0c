/** Keeps one Kafka broker for a whole test run. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepServer, type Kept } from '../../../sql/src/testing/keep-server.ts';
import { CONFIG, environmentOf, freePort, startKafka, stopKafka } from './local-kafka.ts';

const NAMES = ['admin', 'registry', 'joint-views', 'GB', 'AL', 'XK', 'MK', 'ME'];
const users = Object.fromEntries(NAMES.map((name) => [name, randomBytes(12).toString('hex')]));
const scramUsers = { late: randomBytes(12).toString('hex') };

function stateOf(port: number): object {
  return { brokers: [`127.0.0.1:${port}`], users, scramUsers };
}

async function inDocker(): Promise<Kept> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const port = await freePort();
  const where = { data: '/var/lib/kafka/data', bind: '0.0.0.0:9092', controller: 9093 };
  const properties = readFileSync(join(CONFIG, 'server.properties'), 'utf8');
  const late = `--add-scram 'SCRAM-SHA-512=[name=late,password=${scramUsers.late}]'`;
  const format = `/opt/kafka/bin/kafka-storage.sh format -t Zm9ydGVzdHNvZmFjY29yZA -c /tmp/server.properties ${late}`;
  const container = await new GenericContainer('apache/kafka:4.1.1')
    .withEnvironment({ ...environmentOf({ port, users }, where), KAFKA_HEAP_OPTS: '-Xmx512m' })
    .withCopyContentToContainer([{ content: properties, target: '/tmp/server.properties' }])
    .withExposedPorts({ container: 9092, host: port })
    .withEntrypoint(['bash', '-c'])
    .withCommand([`${format} && exec /opt/kafka/bin/kafka-server-start.sh /tmp/server.properties`])
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
  return { state: stateOf(port), stop: async () => void (await container.stop()) };
}

async function onThisMachine(folder: string, signal: AbortSignal): Promise<Kept> {
  const port = await freePort();
  const broker = await startKafka({ folder, port, users, scramUsers }, signal);
  return { state: stateOf(port), stop: () => stopKafka(broker) };
}

keepServer({ Docker: inDocker, "Maven's jars": onThisMachine });
