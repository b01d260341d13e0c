import { EventStoreDBClient } from '@eventstore/db-client';

/** What the client keeps to itself, and this adapter needs of it. */
interface Internals {
  supports(): Promise<boolean>;
  getChannel(): Promise<{ close(): void }>;
}

/** The options of a connection string that the client knows, as it compares them. */
const OPTIONS = new Set(
  [
    ...['tls', 'tlsVerifyCert', 'tlsCAFile', 'userCertFile', 'userKeyFile', 'nodePreference', 'connectionName'],
    ...['dnsDiscover', 'maxDiscoverAttempts', 'discoveryInterval', 'gossipTimeout', 'defaultDeadline'],
    ...['keepAliveInterval', 'keepAliveTimeout', 'throwOnAppendFailure'],
  ].map(flat),
);

/**
 * A client by its connection string, which tells hosts, credentials and TLS; KurrentDB's scheme is taken as well. It
 * makes each append a call of its own. Its batched append keeps one table of waiting answers for all clients of a
 * process: a connection of one that drops would reject the appends of the others, and their answers, which come all the
 * same, would end the process by an error thrown in a listener.
 */
export function openClient(connectionString: string): EventStoreDBClient {
  checkOptions(connectionString);
  const client = parse(connectionString.trim().replace(/^(?:kurrent(?:db)?|kdb)(\+discover)?:/, 'esdb$1:'));
  internals(client).supports = async () => false;
  return client;
}

/** Ends the client's calls, and its connection, which it would leave open. */
export async function closeClient(client: EventStoreDBClient): Promise<void> {
  await client.dispose();
  await internals(client)
    .getChannel()
    .then(
      (channel) => channel.close(),
      () => {},
    );
}

/** Of an option that the client ignores it warns on standard error, with the string and the password in it. */
function checkOptions(connectionString: string): void {
  const [, options] = /\?([^?@]+)$/.exec(connectionString.trim()) ?? [];
  const given = new URLSearchParams(options);
  const stranger = [...given.keys()].find((key) => !OPTIONS.has(flat(key)));
  if (stranger !== undefined) {
    throw new Error(`The connection string of EventStoreDB has an option that the client does not know: ${stranger}`);
  }
  if ([...given].some(([key, value]) => flat(key) === 'tlsverifycert' && value === 'false')) {
    throw new Error('tlsVerifyCert=false has no effect in the client of EventStoreDB: name the authority by tlsCAFile');
  }
}

function flat(key: string): string {
  return key.trim().toLowerCase().replace(/[_-]/g, '');
}

function parse(connectionString: string): EventStoreDBClient {
  try {
    return EventStoreDBClient.connectionString(connectionString);
  } catch (error) {
    // The parser's error holds the string, and the password with it.
    if (!Object.hasOwn(error as object, 'connectionString')) throw error;
    throw new Error('The connection string of EventStoreDB cannot be read; it begins with esdb:// or esdb+discover://');
  }
}

const internals = (client: EventStoreDBClient) => client as unknown as Internals;
