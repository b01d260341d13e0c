import { pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Broker } from 'kafkajs';
import { clusterOf, connectionTo, type KafkaConnection } from './client.ts';

// Kafka's protocol, AlterUserScramCredentials version 0: kafkajs has no call for it, and sends what it is given.
const API_KEY = 51;
const SCRAM_SHA_512 = 2;
const ITERATIONS = 8192;
const HASH_BYTES = 64;
const SALT_BYTES = 24;
/** No tagged fields, at the end of each structure. */
const NO_TAGS = Buffer.from([0]);
/** What a length in one byte can say. */
const MOST_BYTES = 126;

/** What kafkajs sends and reads. A broker's pool isn't among its types. */
interface Exchanged {
  request: { apiKey: number; apiVersion: number; apiName: string; encode(): Promise<{ buf: Buffer; buffer: Buffer }> };
  response: { decode(answer: Buffer): Promise<Outcome>; parse(outcome: Outcome): Promise<Outcome> };
}
interface Outcome {
  code: number;
  message: string | null;
}
type WithPool = Broker & { connectionPool: { send(exchanged: Exchanged): Promise<Outcome> } };

const int = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

/** A length, as it and one more in one byte, and what is that long. */
const sized = (content: string | Buffer): Buffer => {
  const bytes = Buffer.from(content);
  if (bytes.length > MOST_BYTES) throw new Error(`A name of more than ${MOST_BYTES} bytes`);
  return Buffer.concat([Buffer.from([bytes.length + 1]), bytes]);
};

async function encoded(user: string, password: string): Promise<{ buf: Buffer; buffer: Buffer }> {
  const salt = randomBytes(SALT_BYTES);
  const salted = await promisify(pbkdf2)(password, salt, ITERATIONS, HASH_BYTES, 'sha512');
  const one = [sized(user), Buffer.from([SCRAM_SHA_512]), int(ITERATIONS), sized(salt), sized(salted), NO_TAGS];
  const [none, single] = [Buffer.from([1]), Buffer.from([2])];
  const buffer = Buffer.concat([NO_TAGS, none, single, ...one, NO_TAGS]);
  return { buf: buffer, buffer };
}

/** The one result: after the header's tags, the pause that is asked for and the count comes the user, then the outcome. */
const decoded = (answer: Buffer): Outcome => {
  const user = 1 + 4 + 1;
  const at = user + answer.readUInt8(user);
  const length = answer.readUInt8(at + 2) - 1;
  const message = length < 0 ? null : answer.toString('utf8', at + 3, at + 3 + length);
  return { code: answer.readInt16BE(at), message };
};

/**
 * Makes a principal that signs in by SCRAM-SHA-512 while the brokers run, or gives it another password; as a principal
 * that may (`admin`). The brokers are told what is derived of the password, never the password.
 */
export async function setScramUser(connection: KafkaConnection, user: string, password: string): Promise<void> {
  if (!/^[\w-]{1,100}$/.test(user)) throw new Error(`${user} is no name of a Kafka user: letters, digits, - and _`);
  const cluster = clusterOf(connectionTo(connection));
  try {
    await cluster.connect();
    await cluster.refreshMetadata();
    const broker = (await cluster.findControllerBroker()) as WithPool;
    const { code, message } = await broker.connectionPool.send({
      request: {
        apiKey: API_KEY,
        apiVersion: 0,
        apiName: 'AlterUserScramCredentials',
        encode: () => encoded(user, password),
      },
      response: { decode: async (answer) => decoded(answer), parse: async (outcome) => outcome },
    });
    if (code !== 0) throw new Error(`Kafka refuses the user ${user}: ${message ?? `error ${code}`}`);
  } finally {
    await cluster.disconnect().catch(() => {});
  }
}
