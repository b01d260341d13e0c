import { consultationMigrations, CONSULTATION_SCHEMA } from '../../apps/joint-views/src/consultation/migrations.ts';
import { ConsultationLog } from '../../apps/joint-views/src/consultation/consultation-log.ts';
import { ensureLive } from '../../apps/joint-views/src/intake/schema.ts';
import { startReadSide } from '../../apps/joint-views/src/testing/caller.ts';
import { VIEWS } from '../../apps/joint-views/src/views.ts';
import { migrate, openPostgres, type Database } from '#sql';
import { askAll } from '../accept/client.ts';
import type { Context, Part } from '../bench.ts';
import { pairs, secondsOf, throughput } from '../measure.ts';
import type { Random } from '../random.ts';
import { fill } from '../reads/rows.ts';

const ROWS = 20_000;
const READS = 1_000;
const ROUNDS = 21;
const PAGE = 50;

/** A page of the list, from anywhere in it. */
const page = (n: number, token: string): string => {
  const until = new Date(Date.UTC(2020, 0, 1) + n * 1000).toISOString();
  return [
    `GET /v1/reports?limit=${PAGE}&until=${until} HTTP/1.1`,
    'host: 127.0.0.1',
    `authorization: Bearer ${token}`,
    'accord-purpose: people-smuggling',
    'accord-case: CASE-1',
    '\r\n',
  ].join('\r\n');
};

const anywhere = (random: Random): number => 1_000 + random.below(ROWS - 1_000);

/** The joint views over HTTP. `logged` false: the log's write left out, which the product can't do. */
async function served(db: Database, { after }: Context, logged: boolean): Promise<{ port: number; token: string }> {
  const side = await startReadSide(db);
  after(() => side.close());
  if (!logged) side.app.get(ConsultationLog, { strict: false }).record = async () => {};
  const token = await side.token({ clearance: 'OFFICIAL-SENSITIVE' });
  return { port: Number(new URL(await side.app.getUrl()).port), token };
}

/** What share of its reads the views could answer more, did they not write down who read what. */
export async function consultations(context: Context): Promise<Part> {
  const db = await openPostgres({ url: await context.newDatabase(), max: 16 });
  context.after(() => db.close());
  await ensureLive(db, VIEWS);
  await migrate(db, CONSULTATION_SCHEMA, await consultationMigrations());
  await fill(db, ROWS, context.seed);
  const [logged, unlogged] = [await served(db, context, true), await served(db, context, false)];
  const rounds = Array.from({ length: ROUNDS + 1 }, () =>
    Array.from({ length: READS }, () => anywhere(context.random)),
  );
  const run = (side: { port: number; token: string }) => (round: number) => {
    const requests = rounds[round]!.map((n) => page(n, side.token));
    return secondsOf(() => askAll(side.port, (n) => requests[n]!, 0, READS));
  };
  const taken = await pairs(ROUNDS, run(logged), run(unlogged));
  const part = throughput(taken, READS, 'reads/s');
  return { ...part, ratio: 1 - part.ratio! };
}
