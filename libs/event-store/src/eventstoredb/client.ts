import { EventStoreDBClient } from '@eventstore/db-client';

/** What the client keeps to itself, and this adapter needs of it. */
interface Internals {
  supports(): Promise<boolean>;
  getChannel(): Promise<{ close(): void }>;
}

/**
 * A client by its connection string, which tells hosts, credentials and TLS; KurrentDB's scheme is taken as well. It
 * makes each append a call of its own. Its batched append keeps one table of waiting answers for all clients of a
 * process: a connection of one that drops would reject the appends of the others, and their answers, which come all the
 * same, would end the process by an error thrown in a listener.
 */
export function openClient(connectionString: string): EventStoreDBClient {
  const client = parse(connectionString.replace(/^kurrent(db)?(\+discover)?:/, 'esdb$2:'));
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
