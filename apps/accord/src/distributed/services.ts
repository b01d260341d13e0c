import type { EmbeddedSettings } from '../embedded/settings.ts';
import type { Endpoints } from '../home/home.ts';
import { databaseOf } from './databases.ts';
import { ServiceFiles, type FilesNeeds } from './service-files.ts';
import type { Service } from './service.ts';

export interface ServicesNeeds extends FilesNeeds {
  endpoints: Endpoints;
  settings: EmbeddedSettings;
  /** host:port */
  broker: string;
  /** Of the superuser: the others' differ in user, password and database. */
  postgresUrl: string;
}

/** How a service is set up: by its environment and files, as an operator would do it. */
class Setup {
  private readonly files: ServiceFiles;

  constructor(private readonly needs: ServicesNeeds) {
    this.files = new ServiceFiles(needs);
  }

  /** What all services are given. `owner` names the Kafka principal and the database. */
  private common(owner: string, url: string): Record<string, string> {
    const { postgresUrl, broker, settings } = this.needs;
    const database = new URL(postgresUrl);
    [database.username, database.password, database.pathname] = [databaseOf(owner), '', `/${databaseOf(owner)}`];
    return {
      HOST: '127.0.0.1',
      PORT: new URL(url).port,
      LOG_LEVEL: settings.ACCORD_LOG_LEVEL,
      REQUESTS_PER_MINUTE: String(settings.ACCORD_REQUESTS_PER_MINUTE),
      DATABASE_URL: database.href,
      EXCHANGE: 'kafka',
      KAFKA_BROKERS: broker,
      KAFKA_USER: owner,
    };
  }

  registry(): Service {
    const { endpoints } = this.needs;
    const env = { ...this.common('registry', endpoints.registry), ...this.files.registry() };
    return { name: 'registry', app: 'registry', url: endpoints.registry, env };
  }

  views(): Service {
    const { settings, endpoints } = this.needs;
    const env = {
      ...this.common('joint-views', endpoints.views),
      ...this.files.views(),
      WITHHOLD_AFTER_SECONDS: String(settings.ACCORD_WITHHOLD_AFTER_SECONDS),
      DNA_THRESHOLDS: settings.ACCORD_DNA_THRESHOLDS,
      REGISTRY_MAX_AGE_SECONDS: String(settings.ACCORD_REGISTRY_MAX_AGE_SECONDS),
    };
    return { name: 'joint-views', app: 'joint-views', url: endpoints.views, env };
  }

  nodes(): Service[] {
    const { credentials, endpoints, settings } = this.needs;
    return credentials.members.map(({ code }) => {
      const url = endpoints.nodes[code] ?? '';
      const env = {
        ...this.common(code, url),
        ...this.files.node(code),
        MEMBER: code,
        VIEWS_URL: endpoints.views,
        EXPIRY_INTERVAL_SECONDS: String(settings.ACCORD_EXPIRY_INTERVAL_SECONDS),
        CLOCK_SKEW_SECONDS: String(settings.ACCORD_CLOCK_SKEW_SECONDS),
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
