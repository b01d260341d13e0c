import { createJointViews, readThresholds, type JointViews } from '../../../joint-views/src/index.ts';
import { createMemberNode, type MemberNode } from '../../../member-node/src/create-member-node.ts';
import { createRegistry, type Registry } from '../../../registry/src/index.ts';
import { openSqlEventStore } from '#event-store/postgres';
import { openEmbeddedExchange } from '#exchange/embedded';
import { createLogger, fixedIssuers, type Logger } from '#platform';
import { openPglite, type Database } from '#sql';
import type { Exchange } from '#exchange';
import type { Endpoints, Home } from '../home/home.ts';
import { portInUse } from '../home/ports.ts';
import type { Credentials, MemberCredentials } from './credentials.ts';
import type { EmbeddedSettings } from './settings.ts';
import { foundersOf, type MemberSeed } from './task-force-seed.ts';

const SECOND = 1_000;
const portOf = (url: string): number => Number(new URL(url).port);

const inUse = (error: unknown): Error | undefined => {
  const { code, port = 0 } = error as { code?: string; port?: number };
  if (code !== 'EADDRINUSE') return undefined;
  return portInUse(port);
};

export interface EmbeddedOptions {
  home: Home;
  endpoints: Endpoints;
  credentials: Credentials;
  founders: readonly MemberSeed[];
  settings: EmbeddedSettings;
}

/** The whole task force in one process, on one database in the data directory. */
export class Embedded {
  private readonly closing: (() => Promise<unknown>)[] = [];
  private readonly logger: Logger;

  private constructor(
    private readonly options: EmbeddedOptions,
    private readonly db: Database,
  ) {
    this.logger = createLogger('accord', options.settings.ACCORD_LOG_LEVEL);
    this.closing.push(() => db.close());
  }

  /** Resolves when every port answers. Throws, with everything stopped again, where one can't. */
  static async start(options: EmbeddedOptions): Promise<Embedded> {
    const embedded = new Embedded(options, await openPglite(options.home.path('db')));
    try {
      await embedded.startAll();
      return embedded;
    } catch (error) {
      await embedded.stop();
      throw inUse(error) ?? error;
    }
  }

  /** Stops in the opposite order of the start: what asks before what answers. */
  async stop(): Promise<void> {
    for (const close of this.closing.splice(0).reverse()) await close();
  }

  private async startAll(): Promise<void> {
    const exchange = await openEmbeddedExchange({ db: this.db });
    this.closing.push(() => exchange.close());
    const registry = await this.registry(exchange);
    await registry.listen(portOf(this.options.endpoints.registry));
    // Who the founders are must be on the exchange before anyone asks for them.
    await registry.relayed();
    const views = await this.views(exchange);
    await views.listen(portOf(this.options.endpoints.views));
    for (const member of this.options.credentials.members) await this.node(exchange, member);
  }

  private async registry(exchange: Exchange): Promise<Registry> {
    const { credentials, founders } = this.options;
    const stores = {
      members: await openSqlEventStore({ db: this.db, schema: 'registry_members' }),
      agreements: await openSqlEventStore({ db: this.db, schema: 'registry_agreements' }),
    };
    const registry = await createRegistry(
      {
        ...credentials.registry,
        founders: foundersOf(founders, credentials),
        operator: credentials.operator,
        processMetrics: true,
        requestsPerMinute: this.options.settings.ACCORD_REQUESTS_PER_MINUTE,
      },
      { stores, exchange, logger: this.logger },
    );
    this.closing.push(
      () => stores.agreements.close(),
      () => stores.members.close(),
      () => registry.close(),
    );
    return registry;
  }

  private async views(exchange: Exchange): Promise<JointViews> {
    const { credentials, settings } = this.options;
    const { kid, publicJwk } = credentials.registry.signingKey;
    const views = await createJointViews(
      {
        registryKeys: [{ kid, publicJwk }],
        withholdAfterMs: settings.ACCORD_WITHHOLD_AFTER_SECONDS * SECOND,
        dnaThresholds: readThresholds(settings.ACCORD_DNA_THRESHOLDS),
        registryMaxAgeMs: settings.ACCORD_REGISTRY_MAX_AGE_SECONDS * SECOND,
        operator: credentials.operator,
        requestsPerMinute: settings.ACCORD_REQUESTS_PER_MINUTE,
      },
      { db: this.db, exchange, logger: this.logger },
    );
    this.closing.push(() => views.close());
    return views;
  }

  private async node(exchange: Exchange, member: MemberCredentials): Promise<MemberNode> {
    const { endpoints, credentials, settings } = this.options;
    const registry = credentials.registry.signingKey;
    const node = await createMemberNode(
      {
        member: member.code,
        secret: Buffer.from(member.secret, 'base64url'),
        signingKey: member.signingKey,
        registryKeys: [{ kid: registry.kid, publicJwk: registry.publicJwk }],
        issuers: fixedIssuers([member.issuer, credentials.operator]),
        viewsUrl: endpoints.views,
        expiryIntervalMs: settings.ACCORD_EXPIRY_INTERVAL_SECONDS * SECOND,
        clockSkewMs: settings.ACCORD_CLOCK_SKEW_SECONDS * SECOND,
        requestsPerMinute: settings.ACCORD_REQUESTS_PER_MINUTE,
      },
      { db: this.db, exchange, logger: this.logger },
    );
    this.closing.push(() => node.app.close());
    await node.app.listen(portOf(endpoints.nodes[member.code] ?? ''), '127.0.0.1');
    return node;
  }
}
