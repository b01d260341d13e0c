import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import copyStreams from 'pg-copy-streams';

/** Bytes of one message: the server takes a message whole. */
const CHUNK = 1 << 18;

/** Runs `copy … from stdin` on a connection. */
export async function runCopy(client: pg.PoolClient, into: string, rows: string | Uint8Array): Promise<void> {
  const bytes = typeof rows === 'string' ? Buffer.from(rows, 'utf8') : rows;
  await pipeline(Readable.from(chunks(bytes)), client.query(copyStreams.from(`copy ${into} from stdin`)));
}

function* chunks(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}
