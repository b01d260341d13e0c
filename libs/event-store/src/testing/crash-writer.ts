/** Appends for ever to the store in the directory of its argument, and prints each version once it is acknowledged. */
import { openPglite } from '#sql';
import { openSqlEventStore } from '../postgres/index.ts';
import { event } from './harness.ts';

const db = await openPglite(process.argv[2]!);
const store = await openSqlEventStore({ db, schema: 'gb' });
for (;;) {
  const version = (await store.readStream('s')).length;
  for (let next = version + 1; next <= version + 100; next++) {
    await store.append('s', next - 1 || 'no-stream', [event(`e${next}`)]);
    process.stdout.write(`${next}\n`);
  }
}
