import type { Credentials } from '../embedded/credentials.ts';
import type { EmbeddedSettings } from '../embedded/settings.ts';
import { foundersOf, type MemberSeed } from '../embedded/task-force-seed.ts';
import type { Endpoints, Home } from '../home/home.ts';
import { databaseOf } from './databases.ts';
import type { Service } from './service.ts';

export interface ServicesNeeds {
  home: Home;
  endpoints: Endpoints;
  credentials: Credentials;
  founders: readonly MemberSeed[];
  settings: EmbeddedSettings;
  /** host:port */
  broker: string;
  kafkaPasswords: Record<string, string>;
  /** Of the superuser: the others' differ in user, password and database. */
  postgresUrl: string;
  postgresPasswords: Record<string, string>;
}

/** Writes the files of a service's secrets, and answers how it is set up: by itself, as an operator would do it. */
class Setup {
  constructor(private readonly needs: ServicesNeeds) {}

  /** What all services are given. `owner` names the Kafka principal and the database. */
  private common(owner: string, url: string): Record<string, string> {
    const { postgresUrl, postgresPasswords, kafkaPasswords, broker, settings } = this.needs;
    const database = new URL(postgresUrl);
    [database.username, database.password, database.pathname] = [databaseOf(owner), '', `/${databaseOf(owner)}`];
    return {
      HOST: '127.0.0.1',
      PORT: new URL(url).port,
      LOG_LEVEL: settings.ACCORD_LOG_LEVEL,
      REQUESTS_PER_MINUTE: String(settings.ACCORD_REQUESTS_PER_MINUTE),
      DATABASE_URL: database.href,
      DATABASE_PASSWORD_FILE: this.file(owner, 'database-password', postgresPasswords[owner]),
      EXCHANGE: 'kafka',
      KAFKA_BROKERS: broker,
      KAFKA_USER: owner,
      KAFKA_PASSWORD_FILE: this.file(owner, 'kafka-password', kafkaPasswords[owner]),
      OPERATOR_ISSUER_FILE: this.json(owner, 'operator-issuer.json', this.needs.credentials.operator),
    };
  }

  private file(owner: string, name: string, text = ''): string {
    return this.needs.home.writeText(text, 'services', owner, name);
  }

  private json(owner: string, name: string, value: unknown): string {
    return this.file(owner, name, JSON.stringify(value));
  }

  private registryKeys(owner: string): string {
    const { kid, publicJwk } = this.needs.credentials.registry.signingKey;
    return this.json(owner, 'registry-keys.json', [{ kid, publicJwk }]);
  }

  registry(): Service {
    const { credentials, founders, endpoints } = this.needs;
    const env = {
      ...this.common('registry', endpoints.registry),
      SIGNING_KEY_FILE: this.json('registry', 'signing-key.json', credentials.registry.signingKey),
      SECRET_FILE: this.file('registry', 'secret', credentials.registry.secret),
      FOUNDERS_FILE: this.json('registry', 'founders.json', foundersOf(founders, credentials)),
    };
    return { name: 'registry', app: 'registry', url: endpoints.registry, env };
  }

  views(): Service {
    const { settings, endpoints } = this.needs;
    const env = {
      ...this.common('joint-views', endpoints.views),
      REGISTRY_KEYS_FILE: this.registryKeys('joint-views'),
      WITHHOLD_AFTER_SECONDS: String(settings.ACCORD_WITHHOLD_AFTER_SECONDS),
      REGISTRY_MAX_AGE_SECONDS: String(settings.ACCORD_REGISTRY_MAX_AGE_SECONDS),
    };
    return { name: 'joint-views', app: 'joint-views', url: endpoints.views, env };
  }

  nodes(): Service[] {
    const { credentials, endpoints, settings } = this.needs;
    return credentials.members.map(({ code, secret, signingKey, issuer }) => {
      const url = endpoints.nodes[code] ?? '';
      const env = {
        ...this.common(code, url),
        MEMBER: code,
        VIEWS_URL: endpoints.views,
        REGISTRY_KEYS_FILE: this.registryKeys(code),
        SIGNING_KEY_FILE: this.json(code, 'signing-key.json', signingKey),
        SECRET_FILE: this.file(code, 'secret', secret),
        ISSUER_FILE: this.json(code, 'issuer.json', issuer),
        EXPIRY_INTERVAL_SECONDS: String(settings.ACCORD_EXPIRY_INTERVAL_SECONDS),
      };
      return { name: `member-node-${code}`, app: 'member-node', url, env };
    });
  }
}

/** All services of a task force, each with its own settings; the files that these name are written. */
export const servicesOf = (needs: ServicesNeeds): { registry: Service; views: Service; nodes: Service[] } => {
  const setup = new Setup(needs);
  return { registry: setup.registry(), views: setup.views(), nodes: setup.nodes() };
};
