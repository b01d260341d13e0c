import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import copyStreams from 'pg-copy-streams';
import type { CopyText } from './database.ts';

/** Bytes of one message: the server takes a message whole. */
const CHUNK = 1 << 18;

/** Runs `copy … from stdin` on a connection. */
export async function runCopy(client: pg.PoolClient, into: string, rows: CopyText): Promise<void> {
  await pipeline(
    Readable.from(pieces(rows), { objectMode: false }),
    client.query(copyStreams.from(`copy ${into} from stdin`)),
  );
}

function pieces(rows: CopyText): Iterable<string | Uint8Array> {
  if (typeof rows === 'string') return slices(Buffer.from(rows, 'utf8'));
  return rows instanceof Uint8Array ? slices(rows) : rows;
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}
