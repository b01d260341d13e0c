import { READER_ROLE } from '#access-policy';
import { reasonOf, type PublicJwk } from '#contracts';
import type { Exchange } from '#exchange';
import type { Clock, Issuer, Logger } from '#platform';
import { migrate, type Database } from '#sql';
import { CONSULTATION_SCHEMA, consultationMigrations } from '../consultation/migrations.ts';
import { Histories } from '../disclosures/histories.ts';
import { KEYRING_MIGRATIONS, KEYRING_SCHEMA } from '../keyring/migrations.ts';
import { Keyring } from '../keyring/keyring.ts';
import type { View } from '../records/view.ts';
import { MemberIssuers } from '../registry/member-issuers.ts';
import { Replay, type Progress, type ReplayedTable } from '../replay/replay.ts';
import { Replays } from '../replay/replays.ts';
import { Verifications } from '../verification/verifications.ts';
import { VIEWS } from '../views.ts';
import { Copy } from './copy.ts';
import { IntakeGate } from './gate.ts';
import { Intake } from './intake.ts';
import { INTAKE_MIGRATIONS, INTAKE_SCHEMA } from './migrations.ts';
import { Reader } from './reader.ts';
import { ensureLive, LIVE } from './schema.ts';
import type { KnownKey } from './signing.ts';
import { MEMBERS_SOURCE } from './sources.ts';
import { States } from './states.ts';
import { IntakeStatus } from './status.ts';

export interface IntakeConfig {
  /** The registry's event-signing keys: everything else that is trusted is told by it. */
  registryKeys: readonly { kid: string; publicJwk: PublicJwk }[];
  /** How long a source may be quarantined or stuck before its records are withheld from other members. */
  withholdAfterMs: number;
  /** How old the registry's word may be before reads are refused: some of its heartbeats long. */
  registryMaxAgeMs: number;
  /** The task force's own issuer. */
  operator: Issuer;
  /** Where issuers' keys may be fetched over plain http: by default from this machine. */
  issuerHttpHosts?: readonly string[];
  /** Instances of one group share the sources. */
  group?: string;
}

export interface IntakeDependencies {
  db: Database;
  exchange: Exchange;
  clock: Clock;
  logger: Logger;
  views?: readonly View[];
}

/** The write side of the joint views, put together. */
export interface IntakeSide {
  intake: Intake;
  gate: IntakeGate;
  status: IntakeStatus;
  states: States;
  copy: Copy;
  histories: Histories;
  keyring: Keyring;
  issuers: MemberIssuers;
  replays: Replays;
  verifications: Verifications;
  replay: (tell?: (progress: Progress) => void) => Promise<ReplayedTable[]>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const forEver = ({ kid, publicJwk }: { kid: string; publicJwk: PublicJwk }): KnownKey => {
  return { kid, jwk: publicJwk, from: 1, until: null };
};

/** Makes the schemas where they are missing, and what works on them. Nothing is consumed before `start`. */
export async function createIntake(config: IntakeConfig, needs: IntakeDependencies): Promise<IntakeSide> {
  const { db, exchange, clock, logger, views = VIEWS } = needs;
  await prepare(db, views, logger);
  const copy = new Copy(db, LIVE, views);
  const states = new States(db);
  const keyring = new Keyring(db);
  const reader = new Reader(keyring, views);
  const issuers = new MemberIssuers(db, config.operator, config.issuerHttpHosts);
  const registryKeys = config.registryKeys.map(forEver);
  const { withholdAfterMs, registryMaxAgeMs, group = 'joint-views' } = config;
  const intake = new Intake({ copy, reader, states, exchange, clock, logger, registryKeys, group });
  const gate = new IntakeGate({
    ...{ copy, states, exchange, clock, withholdAfterMs, registryMaxAgeMs },
    registryKeys: config.registryKeys,
  });
  const histories = new Histories({ copy, reader, states, exchange });
  const replay = (tell?: (progress: Progress) => void) =>
    new Replay({ db, exchange, intake, reader, states, registryKeys, views }, tell).run();
  intake.onApplied((source) => {
    if (source === MEMBERS_SOURCE) void issuers.refresh().catch(() => undefined);
  });
  return {
    ...{ intake, gate, states, copy, keyring, issuers, replay },
    histories,
    status: new IntakeStatus({ copy, states, gate, exchange, clock }),
    replays: new Replays(replay, clock, logger),
    verifications: new Verifications({ db, exchange, copy, states, histories, registryKeys }, clock, logger),
    start: async () => {
      const again = await keyring.destroyErased(LIVE);
      if (again > 0) logger.warn({ keys: again }, 'keys of erased records were there again, and are destroyed');
      await issuers.refresh();
      await prepareViews(db, views, logger);
      await intake.start();
      await gate.start(() => issuers.refresh());
    },
    stop: async () => {
      gate.stop();
      await intake.stop();
    },
  };
}

/** What isn't made now is made by the first write that needs it. */
async function prepareViews(db: Database, views: readonly View[], logger: Logger): Promise<void> {
  for (const { name, prepare } of views) {
    const tell = (done: number) => logger.info({ view: name, done }, 'preparing a view');
    await prepare?.(db, LIVE, tell).catch((error: unknown) =>
      logger.warn({ view: name, reason: reasonOf(error) }, 'a view is not prepared'),
    );
  }
}

async function prepare(db: Database, views: readonly View[], logger: Logger): Promise<void> {
  await migrate(db, INTAKE_SCHEMA, INTAKE_MIGRATIONS);
  await migrate(db, KEYRING_SCHEMA, KEYRING_MIGRATIONS);
  await db.exec(READER_ROLE);
  await migrate(db, CONSULTATION_SCHEMA, await consultationMigrations());
  if (await ensureLive(db, views)) logger.info('the views are built from the first event of every source');
}
