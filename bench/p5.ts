import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { submittedBody } from './accept/bodies.ts';
import { post, type Target } from './accept/client.ts';
import { worstOf, type Bench, type Context, type Part } from './bench.ts';
import { median, pairs, secondsOf, throughput, type Pairs } from './measure.ts';

const REQUESTS = 5_000;
const STORED = 2_000;
const ROUNDS = 9;
const SERVER = join(import.meta.dirname, 'accept/server.ts');

interface Server extends Target {
  child: ChildProcess;
}

const start = async ({ after }: Context, kind: string, ...more: string[]): Promise<Server> => {
  const child = fork(SERVER, [kind, ...more]);
  after(async () => void child.kill());
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`The server ${kind} has ended`)));
  const [told] = (await Promise.race([once(child, 'message'), ended])) as [Target];
  ended.catch(() => {});
  return { ...told, child };
};

/** CPU time that a server has used, in seconds. */
const cpuOf = async ({ child }: Server): Promise<number> => {
  child.send('cpu');
  const [told] = (await once(child, 'message')) as [{ cpu: NodeJS.CpuUsage }];
  const { cpu } = told;
  return (cpu.user + cpu.system) / 1e6;
};

/** Both by the same client, in turn; each body is sent once to a server. */
const against = async (us: Server, bare: Server, count: number): Promise<{ wall: Pairs; cpu: Pairs }> => {
  const cpu: { us: number; baseline: number }[] = [];
  let used = 0;
  const timed = (server: Server) => async (round: number) => {
    const before = await cpuOf(server);
    const seconds = await secondsOf(() => post(server, submittedBody, round * count, count));
    used = (await cpuOf(server)) - before;
    return seconds;
  };
  const noted = (side: 'us' | 'baseline', server: Server) => async (round: number) => {
    const seconds = await timed(server)(round);
    cpu[round] = { ...(cpu[round] ?? { us: 0, baseline: 0 }), [side]: used };
    return seconds;
  };
  const wall = await pairs(ROUNDS, noted('us', us), noted('baseline', bare));
  return { wall, cpu: cpu.slice(1) };
};

const cpuPart = (cpu: Pairs, count: number): Part => {
  const each = (side: 'us' | 'baseline') => (median(cpu.map((pair) => pair[side])) * 1e6) / count;
  const ratio = median(cpu.map(({ us, baseline }) => baseline / us));
  return { ratio, us: each('us'), baseline: each('baseline'), unit: 'µs CPU', n: count * cpu.length, goal: null };
};

export const bench: Bench = {
  id: 'P5',
  title: 'HTTP accept of a report ÷ a bare Fastify route that parses the same JSON',
  goal: { atLeast: 0.6 },
  async run(context: Context) {
    const bare = await start(context, 'bare');
    const checked = await against(await start(context, 'checked'), bare, REQUESTS);
    const stored = await against(await start(context, 'stored', await context.newDatabase()), bare, STORED);
    const parts = {
      'without storage': throughput(checked.wall, REQUESTS, 'requests/s'),
      'without storage, CPU of the server': cpuPart(checked.cpu, REQUESTS),
      'stored durably in PostgreSQL': { ...throughput(stored.wall, STORED, 'requests/s'), goal: null },
      'stored, CPU of the node alone': cpuPart(stored.cpu, STORED),
    };
    const bytes = Buffer.byteLength(submittedBody(0));
    return worstOf(
      parts,
      bench.goal,
      `one report of ${bytes} bytes a request, 32 connections, a token verified before`,
    );
  },
};
