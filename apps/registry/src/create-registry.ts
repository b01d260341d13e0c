import type { Provider } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { uuidv7, type SigningKey } from '#contracts';
import type { EventStore } from '#event-store';
import { measuredStore } from '#event-store/metrics';
import type { Exchange } from '#exchange';
import { measureRelays } from '#exchange/metrics';
import { createApp, createMetrics, systemClock, type Clock, type Issuer, type Logger, type Metrics } from '#platform';
import { Aggregates } from './aggregate/aggregate.ts';
import { Roll } from './aggregate/roll.ts';
import { RunOnce } from './aggregate/run-once.ts';
import { agreementAggregate, AGREEMENTS_SOURCE } from './agreements/agreement.tell.ts';
import type { Agreement, AgreementEvent } from './agreements/agreement.ts';
import { MemberDirectory } from './members/directory.ts';
import { EnrolmentTokens } from './members/enrolment-tokens.ts';
import { Heartbeats } from './heartbeat/heartbeats.ts';
import { found, type Founder } from './members/found.ts';
import { MEMBERS_SOURCE, memberAggregate } from './members/member.tell.ts';
import type { Member, MemberEvent } from './members/member.ts';
import { RegistryModule } from './registry.module.ts';
import { RegistryRelays, type SourceStatus } from './status/relays.ts';
import { AGREEMENT_AGGREGATES, AGREEMENT_ROLL, MEMBER_AGGREGATES, MEMBER_STORE, RELAYS } from './tokens.ts';

export interface RegistryConfig {
  /** The registry's own: it signs both of its sources. */
  signingKey: SigningKey;
  /** Keys fingerprints of requests and enrolment tokens: never changes, never leaves. */
  secret: string;
  /** The members that the task force begins with; taken when the store is empty. */
  founders: readonly Founder[];
  /** The task force's own issuer, of operators. */
  operator?: Issuer | null;
  /** Where issuers' keys may be fetched over plain http: by default from this machine. */
  issuerHttpHosts?: readonly string[];
  /** Milliseconds between two words to readers that they are up to date. */
  heartbeatMs?: number;
  /** How many requests a token may make in a minute; 0: any number. */
  requestsPerMinute?: number;
  /** Whether its metrics hold the process's own too: one app of a process is enough. */
  processMetrics?: boolean;
}

export interface RegistryParts {
  /** One for each source, because a store is one order. The registry closes neither. */
  stores: { members: EventStore; agreements: EventStore };
  exchange: Exchange;
  logger: Logger;
  clock?: Clock;
}

export interface Registry {
  app: NestFastifyApplication;
  /** `released` and `relayed` of its two sources. */
  status(): Promise<SourceStatus[]>;
  /** Resolves when all that was stored at the call is on the exchange, and readers can know it. */
  relayed(): Promise<void>;
  listen(port: number, host?: string): Promise<void>;
  /** Stops answering, then relaying. */
  close(): Promise<void>;
}

const HEARTBEAT_MS = 5_000;

/** Makes the registry: founds the task force where that is to be done, starts relaying, and is ready to listen. */
export async function createRegistry(config: RegistryConfig, parts: RegistryParts): Promise<Registry> {
  const { exchange, logger } = parts;
  const clock = parts.clock ?? systemClock;
  const metrics = createMetrics('registry', config.processMetrics);
  const stores = measured(parts.stores, metrics);
  const memberRoll = new Roll<Member, MemberEvent>(memberAggregate);
  const agreementRoll = new Roll<Agreement, AgreementEvent>(agreementAggregate);
  const members = new Aggregates(memberAggregate, stores.members, memberRoll);
  const now = clock.now();
  await found(stores.members, members, config.founders, {
    id: uuidv7(now),
    actor: 'founding',
    at: new Date(now).toISOString(),
  });
  await Promise.all([memberRoll.start(stores.members), agreementRoll.start(stores.agreements)]);
  const relays = RegistryRelays.start(stores, { exchange, signingKey: config.signingKey, log: logger });
  measureRelays(metrics, clock, relays.relays);
  const { signingKey, heartbeatMs: everyMs = HEARTBEAT_MS } = config;
  const heartbeats = new Heartbeats({ relays, exchange, signingKey, clock, logger, everyMs });
  const issuers = new MemberDirectory(memberRoll, config.operator ?? null, config.issuerHttpHosts);
  const providers: Provider[] = [
    { provide: MemberDirectory, useValue: issuers },
    { provide: MEMBER_STORE, useValue: stores.members },
    { provide: MEMBER_AGGREGATES, useValue: members },
    { provide: AGREEMENT_AGGREGATES, useValue: new Aggregates(agreementAggregate, stores.agreements, agreementRoll) },
    { provide: AGREEMENT_ROLL, useValue: agreementRoll },
    { provide: RELAYS, useValue: relays },
    { provide: RunOnce, useValue: new RunOnce(stores.members, config.secret, clock) },
    { provide: EnrolmentTokens, useValue: new EnrolmentTokens(config.secret) },
  ];
  const { requestsPerMinute } = config;
  const platform = { name: 'registry', issuers, logger, clock, metrics, requestsPerMinute };
  const app = await createApp(RegistryModule.register({ platform, providers }), {
    title: 'Accord registry',
    description: 'Members and agreements of the task force: who may see what, on which legal basis, by whose key.',
    bodyLimit: 256 * 1024,
  });
  heartbeats.start();
  return {
    app,
    status: () => relays.status(),
    relayed: async () => {
      await relays.idle();
      await heartbeats.beat();
    },
    listen: async (port, host = '127.0.0.1') => void (await app.listen(port, host)),
    close: async () => {
      await app.close();
      await heartbeats.stop();
      await relays.stop();
      await Promise.all([memberRoll.stop(), agreementRoll.stop()]);
    },
  };
}

const measured = ({ members, agreements }: RegistryParts['stores'], metrics: Metrics): RegistryParts['stores'] => ({
  members: measuredStore(members, metrics, MEMBERS_SOURCE),
  agreements: measuredStore(agreements, metrics, AGREEMENTS_SOURCE),
});
