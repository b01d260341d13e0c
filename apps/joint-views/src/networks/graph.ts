import type { Sql } from '#sql';
import type { Seen } from '../consultation/entry.ts';
import { profilesOf, type Profile } from './profiles.ts';
import { linksAmong, neighboursOf, type LinkRow } from './subjects.query.ts';

export interface Edge {
  source: string;
  target: string;
  schema: string;
  reports: string[];
}

/**
 * The network around an entity, breadth first: nearer nodes before farther ones, then by id, up to `limit`. Nodes,
 * edges, captions and degrees come from what this viewer sees; `degree` counts the edges shown. Null: no such entity.
 */
export const drawGraph = async (
  sql: Sql,
  { subject, depth, limit }: { subject: string; depth: number; limit: number },
) => {
  const { nodes, truncated } = await reach(sql, subject, depth, limit);
  const profiles = await profilesOf(sql, nodes);
  if (!profiles.has(subject)) return null;
  const links = await linksAmong(sql, nodes);
  const edges = mergeEdges(links);
  const shown = nodes.map((id) => profiles.get(id)).filter((profile) => profile !== undefined);
  return {
    answer: { nodes: shown.map((profile) => nodeOf(profile, edges)), edges, truncated },
    records: [...shown.flatMap(({ records }) => records), ...links] as Seen[],
  };
};

const reach = async (sql: Sql, subject: string, depth: number, limit: number) => {
  const nodes = [subject];
  let frontier = nodes.slice();
  let truncated = false;
  for (let level = 0; level < depth && frontier.length > 0 && !truncated; level += 1) {
    const room = limit - nodes.length;
    const found = (await neighboursOf(sql, frontier, nodes, room + 1)).map(({ entity }) => entity);
    truncated = found.length > room;
    frontier = found.slice(0, room);
    nodes.push(...frontier);
  }
  return { nodes, truncated };
};

const mergeEdges = (links: readonly LinkRow[]): Edge[] => {
  const edges = new Map<string, Edge>();
  for (const { source, target, schema, record } of links) {
    const key = `${source} ${target} ${schema}`;
    const edge = edges.get(key) ?? { source, target, schema, reports: [] };
    edge.reports.push(record);
    edges.set(key, edge);
  }
  return [...edges.values()];
};

const nodeOf = ({ id, schema, caption }: Profile, edges: readonly Edge[]) => ({
  id,
  schema,
  caption,
  degree: edges.filter(({ source, target }) => source === id || target === id).length,
});
