import { setTimeout as sleep } from 'node:timers/promises';
import { applyTopics } from '#exchange/kafka';
import { ownersPasswords } from '../deployment/owners.ts';
import type { Credentials } from '../embedded/credentials.ts';
import type { EmbeddedSettings } from '../embedded/settings.ts';
import type { MemberSeed } from '../embedded/task-force-seed.ts';
import { request } from '../cli/client.ts';
import type { Endpoints, Home } from '../home/home.ts';
import { issueToken } from '../home/issuers.ts';
import { mustBeFree } from '../home/ports.ts';
import { planFor, rememberBroker } from '../topics/topics.ts';
import { ensureDatabases } from './databases.ts';
import type { ChosenEventStore } from './event-store.ts';
import { rememberServers } from './left-over.ts';
import { deathOf, hasEnded, type Piece } from './piece.ts';
import { startBroker, startDatabase, superuser } from './servers.ts';
import { healthy, startService, type Service } from './service.ts';
import { servicesOf } from './services.ts';

export interface DistributedOptions {
  home: Home;
  endpoints: Endpoints;
  credentials: Credentials;
  founders: readonly MemberSeed[];
  settings: EmbeddedSettings;
  eventStore: ChosenEventStore;
  say: (line: string) => void;
}

interface Servers {
  broker: string;
  kafkaPasswords: Record<string, string>;
  postgresUrl: string;
  postgresPasswords: Record<string, string>;
}

const PAUSE_MS = 50;

/** The whole task force as processes of their own, on real servers that this process starts and stops. */
export class Distributed {
  private readonly pieces: Piece[] = [];
  private readonly stopping = new AbortController();
  private readonly dead = Promise.withResolvers<string>();
  private starting: Promise<void> = Promise.resolve();

  constructor(private readonly options: DistributedOptions) {}

  /** Resolves, with a line that says so, when a process ends that should be running. Nothing starts it again. */
  get death(): Promise<string> {
    return this.dead.promise;
  }

  /** Resolves when every service is healthy. Throws where one can't be had; `stop` then ends what was started. */
  start(): Promise<void> {
    this.starting = this.startAll();
    return this.starting;
  }

  /** Ends everything that was started, in the opposite order: services, then Kafka and PostgreSQL. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('It was told to stop.'));
    await this.starting.catch(() => undefined);
    const pieces = this.pieces.splice(0);
    const isServer = ({ name }: Piece) => name === 'Kafka' || name === 'PostgreSQL';
    await Promise.all(pieces.filter((piece) => !isServer(piece)).map((piece) => piece.stop()));
    await Promise.all(pieces.filter(isServer).map((piece) => piece.stop()));
  }

  private async startAll(): Promise<void> {
    const { home, endpoints, say } = this.options;
    await mustBeFree(endpoints);
    say('Accord: starting Kafka and PostgreSQL …');
    const servers = await this.startServers();
    rememberServers(home, this.pieces);
    say('Accord: starting the services …');
    const { registry, views, nodes } = servicesOf({ ...this.options, ...servers });
    await this.run([registry]);
    // Who the founders are must be on the exchange before anyone asks for them.
    await this.relayed();
    await this.run([views, ...nodes]);
  }

  private async startServers(): Promise<Servers> {
    const { home, credentials } = this.options;
    const passwords = ownersPasswords(
      home,
      credentials.members.map(({ code }) => code),
    );
    const both = await Promise.allSettled([this.kafka(passwords.kafka), this.postgres(passwords.postgres)]);
    const failed = both.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    const [broker, postgresUrl] = both.map((one) => (one as PromiseFulfilledResult<string>).value) as [string, string];
    return { broker, kafkaPasswords: passwords.kafka, postgresUrl, postgresPasswords: passwords.postgres };
  }

  private async kafka(passwords: Record<string, string>): Promise<string> {
    const { home, credentials } = this.options;
    const { piece, broker } = await startBroker(home, passwords, this.stopping.signal);
    this.watch(piece);
    const connection = rememberBroker(home, broker, passwords['admin'] ?? '');
    await applyTopics(connection, planFor(credentials.members.map(({ code }) => code)));
    return broker;
  }

  private async postgres(passwords: Record<string, string>): Promise<string> {
    const { signal } = this.stopping;
    const { piece, url } = await startDatabase(this.options.home, signal);
    this.watch(piece);
    const server = await superuser(url, piece, signal);
    await ensureDatabases(server, passwords, 'joint-views').finally(() => server.close());
    return url;
  }

  private async run(services: readonly Service[]): Promise<void> {
    const { signal } = this.stopping;
    signal.throwIfAborted();
    const started = services.map((service) => ({ url: service.url, piece: startService(this.options.home, service) }));
    for (const { piece } of started) this.watch(piece);
    await Promise.all(started.map(({ piece, url }) => healthy(piece, url, signal)));
  }

  private async relayed(): Promise<void> {
    const { home, endpoints } = this.options;
    const token = await issueToken(home, { member: null, roles: ['operator'], clearance: 'OFFICIAL', user: 'start' });
    for (;;) {
      this.stopping.signal.throwIfAborted();
      type Status = { sources: { released: number; relayed: number }[] };
      const { sources } = await request<Status>('GET', `${endpoints.registry}/v1/status`, { token });
      if (sources.every(({ released, relayed }) => released === relayed)) return;
      await sleep(PAUSE_MS);
    }
  }

  private watch(piece: Piece): void {
    this.pieces.push(piece);
    const tell = (): void => this.dead.resolve(deathOf(piece));
    if (hasEnded(piece.process)) tell();
    else piece.process.once('exit', tell);
  }
}
