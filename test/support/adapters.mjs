import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What the contract suite of each port should run on. */
const ADAPTERS = {
  'event-store': ['PGlite', 'PostgreSQL', 'EventStoreDB'],
  exchange: ['embedded', 'Kafka'],
};

/** One line for each port whose contract suite was in this run: on which adapters it ran, and on which it could not. */
export function tellAdapters(run) {
  const folder = `${run}-adapters`;
  if (!existsSync(folder)) return;
  const notes = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  rmSync(folder, { recursive: true, force: true });
  for (const [port, adapters] of Object.entries(ADAPTERS)) {
    const ofPort = notes.filter((note) => note.port === port);
    if (ofPort.length > 0) console.log(`Contract of ${port}: ${adapters.map((name) => tell(name, ofPort)).join('; ')}`);
  }
}

function tell(name, notes) {
  const note = notes.find(({ adapter }) => adapter === name);
  if (!note) return `${name} not in this run`;
  return note.unavailable === null ? `${name} ran` : `${name} COULD NOT RUN (${note.unavailable})`;
}
