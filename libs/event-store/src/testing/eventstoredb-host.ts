/** Keeps one EventStoreDB server for a whole test run, or names the one that EVENTSTOREDB_URL tells. */
import { keepServer, type Kept } from '../../../sql/src/testing/keep-server.ts';

const IMAGE = 'eventstore/eventstore:24.10';
const PORT = 2113;

async function inDocker(): Promise<Kept> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer(IMAGE)
    .withEnvironment({ EVENTSTORE_INSECURE: 'true', EVENTSTORE_MEM_DB: 'true', EVENTSTORE_RUN_PROJECTIONS: 'None' })
    .withExposedPorts(PORT)
    .withWaitStrategy(Wait.forHttp('/health/live', PORT).forStatusCode(204))
    .start();
  const url = `esdb://${container.getHost()}:${container.getMappedPort(PORT)}?tls=false`;
  return { state: { url }, stop: async () => void (await container.stop()) };
}

const url = process.env.EVENTSTOREDB_URL;
if (url) keepServer({ EVENTSTOREDB_URL: async () => ({ state: { url }, stop: async () => {} }) });
else keepServer({ Docker: inDocker, EVENTSTOREDB_URL: () => Promise.reject(new Error('not set')) });
