import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 8192;
const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/** Random bytes of the system's generator, few at a time: a call of it for each id or iv would cost more than its use. */
export function randomOf(count: number): Buffer {
  if (used + count > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.from(pool.subarray(used, used + count));
  // Keys are made of these: the pool must not hold what was given out.
  pool.fill(0, used, used + count);
  used += count;
  return bytes;
}
