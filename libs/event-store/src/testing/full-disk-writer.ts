/** Appends large events to the store in the directory of its argument until that fails, and prints how it went. */
import { randomBytes } from 'node:crypto';
import { openPglite } from '#sql';
import { openSqlEventStore } from '../postgres/index.ts';
import { event } from './harness.ts';

const db = await openPglite(process.argv[2]!);
const store = await openSqlEventStore({ db, schema: 'gb' });
const append = (n: number) =>
  store.append('s', 'any', [event(`e${n}`, { data: { text: randomBytes(100_000).toString('hex') } })]);
const problem = (error: unknown) => (error as { code?: string }).code ?? String(error);

let acknowledged = 0;
let first: string | undefined;
while (first === undefined) {
  await append(acknowledged + 1).then(
    (version) => (acknowledged = version),
    (error: unknown) => (first = problem(error)),
  );
}
const again = await append(acknowledged + 1).then(() => 'appended', problem);
await store.close();
await db.close();
process.stdout.write(JSON.stringify({ acknowledged, first, again }));
process.exit();
