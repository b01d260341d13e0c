import { setTimeout as sleep } from 'node:timers/promises';
import type { PublishedEvent } from '#event-store';
import { openSqlEventStore } from '#event-store/postgres';
import type { Message } from '#exchange';
import { systemClock, createLogger } from '#platform';
import { KeyDelivery } from '../../apps/member-node/src/records/key-delivery.ts';
import { RecordKeys } from '../../apps/member-node/src/records/keys.ts';
import { placeBatch } from '../../libs/exchange/src/relay/batch.ts';
import { resume } from '../../libs/exchange/src/relay/resume.ts';
import type { Scene } from './scene.ts';
import type { Rig, Member } from './rig.ts';
import type { Happening } from './schedule.ts';
import { nodeStatus } from './settling.ts';
import { request } from '../../apps/accord/src/cli/client.ts';

const PAUSE_MS = 50;
const PATIENCE_MS = 30_000;
const FEWEST = 4;

const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + PATIENCE_MS; !(await holds().catch(() => false)); await sleep(PAUSE_MS))
    if (Date.now() > end) throw new Error(`${what} in ${PATIENCE_MS / 1000} s`);
};

/** What this member's relay has still to say, placed and signed as it would: the keys have been delivered. */
const stillToSay = async (rig: Rig, member: Member): Promise<{ first: Message[]; later: Message[] }> => {
  const source = `/members/${member}`;
  const { signingKey } = rig.credentials.members.find(({ code }) => code === member)!;
  const [schema, db] = [member.toLowerCase(), await rig.db(member)];
  const store = await openSqlEventStore({ db, schema });
  const place = await resume({ source, store, exchange: rig.exchange, signingKey });
  let events: PublishedEvent[] = [];
  // Whatever is under way on its server may hold the last ones back.
  await until('the store held back', async () => {
    events = await store.readPublished(place.position, 500);
    return events.length >= Math.min(500, await store.countPublished(place.position));
  });
  const middle = events.length >> 1;
  if (middle === 0) throw new Error(`${source} has nothing to say`);
  const keys = new RecordKeys(db, schema);
  const logger = createLogger('faults', 'silent');
  const delivery = new KeyDelivery({ source, url: rig.endpoints.views, signingKey, keys, clock: systemClock, logger });
  const one = placeBatch(source, place, events.slice(0, middle), signingKey);
  const other = placeBatch(source, one.end, events.slice(middle), signingKey);
  await delivery.deliver([...one.records, ...other.records]);
  return { first: one.messages, later: other.messages };
};

const hasGap = async (rig: Rig, member: Member): Promise<boolean> => {
  type Status = { sources: { source: string; gaps: unknown[] }[] };
  const { sources } = await request<Status>('GET', `${rig.endpoints.views}/v1/status`, {
    token: await rig.token(null),
  });
  return sources.some(({ source, gaps }) => source === `/members/${member}` && gaps.length > 0);
};

/**
 * A hole on the topic that heals: while the member's node is down, what it has still to say comes with its second half
 * first, put there by who may write on every topic, as a broker that lost a batch would bring it. The node then finds a
 * tail that isn't the last that was said, and says the rest again.
 */
export const hole = async ({ rig }: Scene, { member, lasts }: Happening): Promise<void> => {
  const node = rig.nodes.get(member)!;
  const isItself = (client: string) => client === `member-node-${member}`;
  const release = rig.wire.hold(isItself);
  try {
    await until('the relay was given nothing', async () => {
      const { released, relayed } = await nodeStatus(rig, member);
      return released - relayed >= FEWEST;
    });
    await node.kill();
    rig.wire.cut(isItself);
    await Promise.all([rig.database.start(), rig.broker.start(), rig.views[0]!.start()]);
    const { first, later } = await stillToSay(rig, member);
    await rig.exchange.append(`/members/${member}`, later);
    await until('no hole was reported', () => hasGap(rig, member));
    await sleep(lasts);
    await rig.exchange.append(`/members/${member}`, first);
  } finally {
    release();
    await node.start();
  }
};
