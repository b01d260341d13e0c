// npm run bench [-- --json FILE] [--only P1,P4] [--seed N] [--scale 1|10] [--events N] [--clock cpu] [--markdown]: what
// Accord costs, each figure beside a baseline of the same run. With --scale 10 what grows is measured at 1× and at 10×;
// --events is how many P10 sends; with --clock cpu processor time is counted, for a machine that does other work as well.
// --sizing FILE measures nothing: it prints what a task force needs, computed from the figures of a file of --json.
// Never fails by time.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';
import { countProcessorTime } from './clock.ts';
import { House } from './context.ts';
import { machine, machineLine } from './machine.ts';
import { json, markdown, printed, type Measured } from './print.ts';
import { sizing, type Figures } from './sizing.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    scale: { type: 'string', default: '1' },
    events: { type: 'string' },
    markdown: { type: 'boolean', default: false },
    clock: { type: 'string', default: 'wall' },
    sizing: { type: 'string' },
  },
});

/** Every p<n>.ts of this folder, by number. */
async function benches(): Promise<Bench[]> {
  const files = readdirSync(import.meta.dirname).filter((name) => /^p\d+\.ts$/.test(name));
  files.sort((a, b) => Number(a.slice(1, -3)) - Number(b.slice(1, -3)));
  const loaded = await Promise.all(files.map((name) => import(`./${name}`) as Promise<{ bench: Bench }>));
  return loaded.map(({ bench }) => bench);
}

function chosen(all: readonly Bench[]): Bench[] {
  const ids = values.only?.split(',');
  const unknown = ids?.find((id) => !all.some((bench) => bench.id === id));
  if (unknown !== undefined) throw new Error(`No bench ${unknown}. There are ${all.map(({ id }) => id).join(', ')}`);
  return all.filter(({ id }) => ids === undefined || ids.includes(id));
}

if (values.sizing !== undefined) {
  for (const line of sizing(JSON.parse(readFileSync(values.sizing, 'utf8')) as Figures)) console.log(line);
  process.exit(0);
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const scale = Number(values.scale);
const here = machine();
const house = new House(Number(values.seed), say, values.events === undefined ? undefined : Number(values.events));

async function measured(bench: Bench): Promise<Measured> {
  const scales = bench.grows && scale > 1 ? [1, scale] : [1];
  const figures: Measured['figures'] = [];
  for (const size of scales) {
    say(`${bench.id}${size === 1 ? '' : ` at ${size}×`} …`);
    try {
      figures.push({ scale: size, figure: await bench.run(house.context(size)) });
    } finally {
      await house.tidy();
    }
  }
  return { bench, figures };
}

// So that the server ends with it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
if (values.clock === 'cpu') countProcessorTime(() => house.serverPid);

const all: Measured[] = [];
console.log(`${machineLine(here)}, seed ${values.seed}${values.clock === 'cpu' ? ', processor time' : ''}`);
try {
  for (const bench of chosen(await benches())) {
    const one = await measured(bench);
    all.push(one);
    for (const line of printed(one)) console.log(line);
    if (values.json !== undefined) {
      writeFileSync(values.json, `${JSON.stringify({ ...json(all), machine: here, seed: values.seed }, null, 2)}\n`);
    }
  }
} finally {
  await house.close();
}
if (values.markdown) for (const line of markdown(all)) console.log(line);
process.exit(0);
