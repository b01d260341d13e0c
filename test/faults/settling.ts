import { setTimeout as sleep } from 'node:timers/promises';
import { request } from '../../apps/accord/src/cli/client.ts';
import { MEMBERS, type Member, type Rig } from './rig.ts';

const PAUSE_MS = 100;
const PATIENCE_MS = 180_000;

interface NodeStatus {
  released: number;
  relayed: number;
  halted?: string;
}

export const nodeStatus = async (rig: Rig, member: Member): Promise<NodeStatus> => {
  const token = await rig.token(null);
  return request<NodeStatus>('GET', `${rig.endpoints.nodes[member]}/v1/status`, { token });
};

/** How far the joint views have applied each source, from their own table. */
const applied = async (rig: Rig): Promise<Map<string, number>> => {
  const db = await rig.db('joint-views');
  const rows = await db.query<{ source: string; sequence: number }>('select source, sequence from views.sources');
  return new Map(rows.map(({ source, sequence }) => [source, sequence]));
};

/** What is still behind, in words; empty when everything that was released is applied. */
const behind = async (rig: Rig): Promise<string[]> => {
  const places = await applied(rig);
  const told: string[] = [];
  for (const member of MEMBERS) {
    const { released, relayed, halted } = await nodeStatus(rig, member);
    if (halted !== undefined) throw new Error(`The relay of ${member} has halted: ${halted}`);
    const at = places.get(`/members/${member}`) ?? 0;
    if (relayed < released || at < released)
      told.push(`${member}: ${released} released, ${relayed} relayed, ${at} applied`);
  }
  return told;
};

/** Waits until every piece is up and all that was released is applied. Throws where it doesn't come to that. */
export const settled = async (rig: Rig): Promise<void> => {
  await Promise.all(rig.pieces.filter((piece) => piece !== rig.views[2]).map((piece) => piece.start()));
  let last = '';
  for (let end = Date.now() + PATIENCE_MS; ;) {
    const left = await behind(rig).catch((error: unknown) => {
      if (/halted/.test(String(error))) throw error;
      return [String(error)];
    });
    if (left.length === 0) return;
    // As long as it gets on, it may take its time.
    if (left.join() !== last) end = Date.now() + PATIENCE_MS;
    last = left.join();
    if (Date.now() > end) throw new Error(`It does not settle: ${left.join('; ')}`);
    await sleep(PAUSE_MS);
  }
};

interface Replay {
  id: string;
  state: 'running' | 'done' | 'failed';
  reason?: string;
  tables?: { name: string; before: string; after: string }[];
}

/** Rebuilds the views beside the live ones, as `accord replay` does; answers the tables that are not byte for byte the same. */
export const replayed = async (rig: Rig): Promise<string[]> => {
  const [url, token] = [`${rig.endpoints.views}/v1/replays`, await rig.token(null)];
  let replay = await request<Replay>('POST', url, { token, body: {} });
  while (replay.state === 'running') {
    await sleep(PAUSE_MS);
    replay = await request<Replay>('GET', `${url}/${replay.id}`, { token });
  }
  if (replay.state === 'failed') throw new Error(`The replay failed: ${replay.reason}`);
  return replay.tables!.filter(({ before, after }) => before !== after).map(({ name }) => name);
};
