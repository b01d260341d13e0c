import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyTopics, openKafkaExchange } from '#exchange/kafka';
import type { Exchange } from '#exchange';
import { findBinaries, freePort, startKafka, startPostgres } from '#platform/servers';
import { openPostgres, type Database } from '#sql';
import { ensureDatabases, databaseOf } from '../../apps/accord/src/distributed/databases.ts';
import { ensurePasswords } from '../../apps/accord/src/distributed/passwords.ts';
import type { Service } from '../../apps/accord/src/distributed/service.ts';
import { servicesOf } from '../../apps/accord/src/distributed/services.ts';
import { ensureCredentials, type Credentials } from '../../apps/accord/src/embedded/credentials.ts';
import { codesOf, readMembers } from '../../apps/accord/src/embedded/task-force-seed.ts';
import { endpointsFrom, Home, type Endpoints } from '../../apps/accord/src/home/home.ts';
import { issueToken } from '../../apps/accord/src/home/issuers.ts';
import { planFor, rememberBroker } from '../../apps/accord/src/topics/topics.ts';
import { seed } from '../../apps/accord/src/seed/seed.ts';
import { makeDisk, type Disk } from './disk.ts';
import { Keeper } from './keeper.ts';
import { keeperOf } from './service.ts';
import { Wire } from './wire.ts';

const ROOT = process.cwd();
/** The founders: who is only proposed says nothing yet. */
export const MEMBERS = ['GB', 'AL', 'XK'] as const;
export type Member = (typeof MEMBERS)[number];
/** Where further instances of the joint views listen, above the base. */
const INSTANCES = [100, 106, 107];
/** How long a killed instance of the joint views keeps its sources. */
const SESSION_SECONDS = '3';
const SETTINGS = {
  ACCORD_LOG_LEVEL: 'warn',
  ACCORD_WITHHOLD_AFTER_SECONDS: 300,
  ACCORD_DNA_THRESHOLDS: '',
  ACCORD_REGISTRY_MAX_AGE_SECONDS: 60,
  ACCORD_EXPIRY_INTERVAL_SECONDS: 3600,
  ACCORD_CLOCK_SKEW_SECONDS: 300,
  ACCORD_REQUESTS_PER_MINUTE: 0,
};

interface Ports {
  base: number;
  /** What clients are told, and where the broker is. */
  broker: number;
  brokerBehind: number;
  postgres: number;
}

/** The whole product as separate processes on a real Kafka and PostgreSQL, each of which can be killed and started again. */
export class Rig {
  readonly wire: Wire;
  readonly broker: Keeper;
  readonly database: Keeper;
  registry!: Keeper;
  /** Two, and a third that joins and leaves. */
  views: Keeper[] = [];
  readonly nodes = new Map<Member, Keeper>();
  /** By how much a node's clock is wrong when it is started next, in milliseconds. */
  readonly skew = new Map<Member, number>();
  readonly endpoints: Endpoints;
  credentials!: Credentials;
  /** As the administrator of the broker: what no member may, it may. */
  exchange!: Exchange;
  private readonly databases = new Map<string, Promise<Database>>();
  private readonly operators = new Map<string, Promise<string>>();

  private constructor(
    readonly home: Home,
    readonly disk: Disk,
    private readonly ports: Ports,
    private readonly kafkaUsers: Record<string, string>,
  ) {
    this.endpoints = endpointsFrom(ports.base, MEMBERS);
    this.wire = new Wire(ports.broker, ports.brokerBehind);
    const log = (name: string) => home.path('logs', `${name}.log`);
    this.broker = new Keeper({
      name: 'broker',
      start: () => {
        const { broker, brokerBehind } = this.ports;
        const folder = home.path('servers', 'kafka');
        return startKafka({ folder, port: broker, behind: brokerBehind, users: kafkaUsers, log: log('kafka') });
      },
      answers: () => this.wire.open().then(() => true),
    });
    this.database = new Keeper({
      name: 'database',
      start: async () => {
        const setup = { bin: findBinaries()!, folder: home.path('servers', 'postgres'), port: ports.postgres };
        const server = (await startPostgres({ ...setup, log: log('postgres') })).process;
        this.disk.began(server.pid!);
        return server;
      },
      answers: () => this.asks(),
    });
  }

  /** Resolves when all of it answers and the task force is founded. */
  static async start(portBase: number): Promise<Rig> {
    const home = new Home(mkdtempSync(join(tmpdir(), 'accord-faults-')));
    for (const folder of [['servers', 'kafka'], ['servers', 'postgres'], ['logs']])
      mkdirSync(home.path(...folder), { recursive: true });
    // PostgreSQL runs as another user where this runs as root: it must pass through here.
    for (const path of [home.dir, home.path('servers')]) chmodSync(path, 0o711);
    const [broker, brokerBehind, postgres] = [await freePort(), await freePort(), await freePort()];
    const names = ['admin', 'registry', 'joint-views', ...codesOf(readMembers(ROOT))];
    const users = ensurePasswords(home, 'kafka', names);
    const rig = new Rig(
      home,
      makeDisk(home.path('servers', 'postgres')),
      { base: portBase, broker, brokerBehind, postgres },
      users,
    );
    try {
      await rig.begin();
      return rig;
    } catch (error) {
      await rig.dispose();
      throw error;
    }
  }

  private async begin(): Promise<void> {
    const { home, ports, kafkaUsers } = this;
    const members = readMembers(ROOT);
    const codes = codesOf(members);
    this.credentials = await ensureCredentials(home, codes);
    const passwords = ensurePasswords(home, 'postgres', ['registry', 'joint-views', ...codes]);
    const broker = `127.0.0.1:${ports.broker}`;
    const connection = rememberBroker(home, broker, kafkaUsers['admin']!);
    await Promise.all([
      this.broker.start().then(() => applyTopics(connection, planFor(codes))),
      this.database.start().then(async () => ensureDatabases(await this.db('postgres'), passwords, 'joint-views')),
    ]);
    this.exchange = await openKafkaExchange(connection);
    const postgresUrl = this.databaseUrl('postgres');
    const services = servicesOf({
      home,
      endpoints: this.endpoints,
      credentials: {
        ...this.credentials,
        members: this.credentials.members.filter(({ code }) => MEMBERS.includes(code as Member)),
      },
      founders: members.founders,
      settings: SETTINGS,
      broker,
      kafkaPasswords: kafkaUsers,
      postgresUrl,
      postgresPasswords: passwords,
    });
    this.registry = this.keeperOf(services.registry);
    await this.registry.start();
    this.views = INSTANCES.map((offset, n) => {
      const url = `http://127.0.0.1:${ports.base + offset}`;
      const env = { ...services.views.env, PORT: String(ports.base + offset), KAFKA_SESSION_SECONDS: SESSION_SECONDS };
      return this.keeperOf({ ...services.views, name: `joint-views-${n + 1}`, url, env });
    });
    services.nodes.forEach((node, n) => this.nodes.set(MEMBERS[n]!, this.keeperOf(node, MEMBERS[n])));
    await Promise.all([...this.views.slice(0, 2), ...this.nodes.values()].map((keeper) => keeper.start()));
    home.writeJson(this.endpoints, 'endpoints.json');
    await seed(home, this.endpoints, 'none');
  }

  private keeperOf(service: Service, member?: Member): Keeper {
    return keeperOf(this.home, service, () => (member === undefined ? 0 : (this.skew.get(member) ?? 0)));
  }

  get pieces(): Keeper[] {
    return [this.broker, this.database, this.registry, ...this.views, ...this.nodes.values()].filter(Boolean);
  }

  /** What no supervisor had to be told: pieces that ended by themselves. */
  get ends(): string[] {
    return this.pieces.flatMap(({ ends }) => ends);
  }

  private databaseUrl(name: string): string {
    const password = readFileSync(this.home.path('servers', 'postgres', 'password'), 'utf8').trim();
    return `postgres://accord:${password}@127.0.0.1:${this.ports.postgres}/${name}`;
  }

  /** A database as the server's superuser sees it; `of`: who owns it. */
  db(of: string): Promise<Database> {
    const known = this.databases.get(of);
    if (known) return known;
    const opened = openPostgres({ url: this.databaseUrl(of === 'postgres' ? of : databaseOf(of)), max: 2 });
    this.databases.set(of, opened);
    opened.catch(() => this.databases.delete(of));
    return opened;
  }

  private async asks(): Promise<boolean> {
    const db = await openPostgres({ url: this.databaseUrl('postgres'), max: 1 });
    await db.close();
    return true;
  }

  token(member: Member | null, ...roles: string[]): Promise<string> {
    const key = [member, ...roles].join();
    const known = this.operators.get(key);
    if (known) return known;
    const request = { member, roles: (member === null ? ['operator'] : roles) as never, clearance: 'SECRET' as const };
    const made = issueToken(this.home, { ...request, user: 'faults' });
    this.operators.set(key, made);
    return made;
  }

  /** Ends all of it, and removes what it kept. */
  async dispose(keep = false): Promise<void> {
    for (const opened of this.databases.values()) await opened.then((db) => db.close()).catch(() => {});
    await this.exchange?.close().catch(() => {});
    await Promise.all(this.pieces.map((keeper) => keeper.kill()));
    await this.wire.close();
    if (!keep) this.disk.dispose();
    if (!keep) rmSync(this.home.dir, { recursive: true, force: true });
  }
}
