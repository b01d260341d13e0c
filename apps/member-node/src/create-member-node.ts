import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Category, SigningKey } from '#contracts';
import type { EventStore } from '#event-store';
import { measuredStore } from '#event-store/metrics';
import { startRelay, type Exchange, type Relay } from '#exchange';
import { measureRelays } from '#exchange/metrics';
import { createApp, createMetrics, systemClock, type Clock, type IssuerDirectory, type Logger } from '#platform';
import type { Database } from '#sql';
import { Backfills } from './backfills/backfills.ts';
import { Consultations } from './audit/consultations.ts';
import { Trail } from './audit/trail.ts';
import { Witness } from './audit/witness.ts';
import { Conformance, type ThrowAway } from './conformance/conformance.ts';
import { openThrowAway } from './conformance/conformance.module.ts';
import { MemberNodeModule, openOwnStore } from './member-node.module.ts';
import { NODE_MODULES } from './modules.ts';
import { CLOCK_SKEW_MS } from './records/happened.ts';
import { layRails } from './records/rails.ts';
import { REVIEW_DAYS, type NodeIdentity } from './node.ts';
import type { RegistryKey } from './task-force/hearing.ts';
import { TaskForce } from './task-force/task-force.ts';

export interface MemberNodeConfig {
  /** The member's code: GB. */
  member: string;
  /** Of the node's tables; by default the code in lower case. */
  schema?: string;
  /** Keys the fingerprints of what callers send and of identifiers. Must stay the same for ever. */
  secret: Uint8Array;
  /** What this member signs its events with, and proves to the joint views that it is itself. */
  signingKey: SigningKey;
  /** What signs the registry's events: who is in the task force is the registry's word alone. */
  registryKeys: readonly RegistryKey[];
  /** Its own issuer, and the task force's for the operator. */
  issuers: IssuerDirectory;
  /** Where the joint views take keys: `http://127.0.0.1:4100`. */
  viewsUrl: string;
  /** Days until a record is to be reviewed, by category, where it doesn't say. */
  reviewDays?: Partial<Record<Category, number>>;
  /** How far ahead of its clock something may be said to have happened, in milliseconds. */
  clockSkewMs?: number;
  /** How often to look for records whose review date has come, in milliseconds. */
  expiryIntervalMs?: number;
  /** How often to look where the joint views' log of this member's consultations ends, in milliseconds. */
  witnessIntervalMs?: number;
  /** Whether it is a throw-away node that its own member's is checked by: nothing of it leaves. */
  conformance?: boolean;
  /** Whether its metrics hold the process's own too: one app of a process is enough. */
  processMetrics?: boolean;
  /** How many requests a token may make in a minute; 0: any number. */
  requestsPerMinute?: number;
}

export interface MemberNodeParts {
  /** May be shared with other nodes. Stays the caller's. */
  db: Database;
  exchange: Exchange;
  /** By default in `db`. */
  store?: EventStore;
  logger: Logger;
  clock?: Clock;
}

export interface MemberNode {
  /** Not listening yet. Closing it stops everything that the node runs. */
  app: NestFastifyApplication;
  relay: Relay;
  taskForce: TaskForce;
  witness: Witness;
  /** Ends now what is due, instead of at the next interval. */
  expire(): Promise<void>;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;

/** Makes a member's node: its lists are up to date, it relays, and it takes commands as soon as it listens. */
export const createMemberNode = async (config: MemberNodeConfig, parts: MemberNodeParts): Promise<MemberNode> => {
  const { member, signingKey, viewsUrl, secret } = config;
  const { db, exchange, logger, clock = systemClock } = parts;
  const schema = config.schema ?? member.toLowerCase();
  const source = `/members/${member}${config.conformance ? '/conformance' : ''}`;
  const kinds = NODE_MODULES.flatMap((module) => module.kinds);
  const name = `member-node-${member}`;
  const metrics = createMetrics(name, config.processMetrics);
  const store = measuredStore(parts.store ?? (await openOwnStore(db, schema)), metrics, source);
  const rails = await layRails({ db, store, logger, source, schema, secret, signingKey, viewsUrl, kinds, clock });
  const taskForce = new TaskForce(db, schema, member, config.registryKeys, logger);
  await taskForce.start(exchange);
  const { records, queries, modules } = rails;
  const backfills = new Backfills({ store: rails.store, records, queries, modules, taskForce, clock, logger });
  const { delivery } = rails;
  const witness = new Witness({ db, schema, viewsUrl, delivery, clock, logger, state: () => taskForce.ownState() });
  const consultations = new Consultations(db, schema, clock);
  const trail = new Trail({ store: rails.store, db, schema, kinds: kinds.map(({ kind }) => kind), consultations });
  const deliverKeys = (records: string[]) => (config.conformance ? Promise.resolve() : delivery.deliver(records));
  const relay = startRelay({ source, store: rails.store, exchange, signingKey, deliverKeys, log: logger });
  measureRelays(metrics, clock, new Map([[source, relay]]));
  const identity = identityOf(config);
  const { issuers, requestsPerMinute } = config;
  const conformance = new Conformance(taskForce, () => throwAway(config, parts));
  const platform = { name, issuers, logger, clock, metrics, requestsPerMinute };
  const app = await createApp(
    MemberNodeModule.register({
      identity,
      rails,
      taskForce,
      relay,
      backfills,
      audit: { trail, witness, consultations },
      conformance,
      platform,
    }),
    {
      title: `Accord member node ${member}`,
      description: 'What this member knows, and what it lets others know.',
    },
  );
  onClose(app, async () => {
    await backfills.stop();
    await witness.stop();
    await rails.records.idle();
    await rails.expiry.stop();
    await taskForce.stop();
    await relay.stop();
    if (!parts.store) await rails.store.close();
  });
  await backfills.start();
  rails.expiry.start(config.expiryIntervalMs ?? HOUR);
  if (!config.conformance) witness.start(config.witnessIntervalMs ?? MINUTE);
  return { app, relay, taskForce, witness, expire: () => rails.expiry.run() };
};

const identityOf = ({ member, reviewDays, clockSkewMs = CLOCK_SKEW_MS }: MemberNodeConfig): NodeIdentity => ({
  member,
  reviewDays: { ...REVIEW_DAYS, ...reviewDays },
  clockSkewMs,
});

const throwAway = async (config: MemberNodeConfig, { exchange: from, logger, clock }: MemberNodeParts) => {
  const source = `/members/${config.member}/conformance`;
  const schema = 'conformance';
  const { db, exchange } = await openThrowAway(from, source);
  const own = { ...config, schema, conformance: true, processMetrics: false };
  const { app, relay } = await createMemberNode(own, { db, exchange, logger, ...(clock && { clock }) });
  await app.init();
  const close = async () => {
    await app.close();
    await exchange.close();
    await db.close();
  };
  return { app, relay, db, exchange, source, schema, close } satisfies ThrowAway;
};

/** After the last request was answered. */
const onClose = (app: NestFastifyApplication, work: () => Promise<void>): void => {
  app.getHttpAdapter().getInstance().addHook('onClose', work);
};
