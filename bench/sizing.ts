/** What a bench's file holds that sizing needs: a figure by its id, and its parts. */
export type Figures = Record<string, { parts?: Record<string, { us: number; unit: string }> } | undefined>;

const MEMBERS = [5, 20, 60];
/** Reports that each member releases in a day. */
const DAYS = [1_000, 100_000, 1_000_000];
/** The busiest hour has this share of a day's, and may keep this much of a core busy: a rebuild or a newcomer has the rest. */
const BUSIEST_HOUR = 0.25;
const BUSY = 0.5;
const SECONDS = 3600;

const part = (figures: Figures, id: string, name: string): number | null => {
  return figures[id]?.parts?.[name]?.us ?? null;
};

/** µs of processor that an event costs, summed over P10's parts whose names match. */
function perEvent(figures: Figures, matches: (name: string) => boolean): number | null {
  const found = Object.entries(figures['P10']?.parts ?? {}).filter(
    ([name, { unit }]) => unit === 'µs/event' && matches(name),
  );
  return found.length === 0 ? null : found.reduce((sum, [, { us }]) => sum + us, 0);
}

/** In P10 two members' nodes work, each for half of the events. */
const isNode = (name: string) => /member-node (GB|AL)|PostgreSQL \(accord_(gb|al)\)/.test(name);
const isViews = (name: string) => /joint-views|PostgreSQL \(accord_joint_views\)/.test(name);
const isShared = (name: string) => /Kafka|PostgreSQL$/.test(name);

const cores = (eventsADay: number, us: number | null): string =>
  us === null ? 'no figure' : ((((eventsADay * BUSIEST_HOUR) / SECONDS) * us) / 1e6 / BUSY).toFixed(2);
const hours = (events: number, perSecond: number | null): string =>
  perSecond === null ? 'no figure' : (events / perSecond / SECONDS).toFixed(1);

/** A table of docs/performance.md, computed from the figures of one run: lines of it. */
export function sizing(figures: Figures): string[] {
  const node = perEvent(figures, isNode);
  const views = perEvent(figures, isViews);
  const shared = perEvent(figures, isShared);
  const rebuilt = part(figures, 'P1', 'rebuild ÷ live');
  const head = [
    ...['members', 'reports a day of each', 'cores of a node', 'cores of the joint views', 'cores of broker and disks'],
    'hours to rebuild 100 days',
  ];
  const rows = MEMBERS.flatMap((members) =>
    DAYS.map((each) => [
      ...[String(members), each.toLocaleString('en-GB'), cores(each, node), cores(each * members, views)],
      ...[cores(each * members, shared), hours(each * members * 100, rebuilt)],
    ]),
  );
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}
