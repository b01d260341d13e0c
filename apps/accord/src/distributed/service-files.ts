import type { Credentials } from '../embedded/credentials.ts';
import { foundersOf, type MemberSeed } from '../embedded/task-force-seed.ts';
import type { Home } from '../home/home.ts';
import type { ChosenEventStore } from './event-store.ts';

export interface FilesNeeds {
  home: Home;
  credentials: Credentials;
  founders: readonly MemberSeed[];
  /** By owner: `registry`, `joint-views`, `GB`. */
  kafkaPasswords: Record<string, string>;
  postgresPasswords: Record<string, string>;
  /** PostgreSQL where none is chosen. */
  eventStore?: ChosenEventStore;
}

/**
 * The files that a service's settings name. Each owner's are in a folder of its own, `services/<owner>`, so that it can be
 * given its own alone. Every method writes them and answers the settings with their paths.
 */
export class ServiceFiles {
  constructor(private readonly needs: FilesNeeds) {}

  registry(): Record<string, string> {
    const { credentials, founders } = this.needs;
    const { signingKey, secret } = credentials.registry;
    return {
      ...this.common('registry'),
      ...this.eventStore('registry'),
      SIGNING_KEY_FILE: this.json('registry', 'signing-key.json', signingKey),
      SECRET_FILE: this.text('registry', 'secret', secret),
      FOUNDERS_FILE: this.json('registry', 'founders.json', foundersOf(founders, credentials)),
    };
  }

  views(): Record<string, string> {
    return { ...this.common('joint-views'), REGISTRY_KEYS_FILE: this.registryKeys('joint-views') };
  }

  node(code: string): Record<string, string> {
    const member = this.needs.credentials.members.find((one) => one.code === code);
    if (!member) throw new Error(`${code} is a member without keys.`);
    return {
      ...this.common(code),
      ...this.eventStore(code),
      REGISTRY_KEYS_FILE: this.registryKeys(code),
      SIGNING_KEY_FILE: this.json(code, 'signing-key.json', member.signingKey),
      SECRET_FILE: this.text(code, 'secret', member.secret),
      ISSUER_FILE: this.json(code, 'issuer.json', member.issuer),
    };
  }

  private common(owner: string): Record<string, string> {
    const { postgresPasswords, kafkaPasswords, credentials } = this.needs;
    return {
      DATABASE_PASSWORD_FILE: this.text(owner, 'database-password', postgresPasswords[owner]),
      KAFKA_PASSWORD_FILE: this.text(owner, 'kafka-password', kafkaPasswords[owner]),
      OPERATOR_ISSUER_FILE: this.json(owner, 'operator-issuer.json', credentials.operator),
    };
  }

  private eventStore(owner: string): Record<string, string> {
    const { eventStore } = this.needs;
    if (eventStore?.kind !== 'eventstoredb') return {};
    return {
      EVENT_STORE: eventStore.kind,
      EVENTSTOREDB_PREFIX: eventStore.prefix,
      EVENTSTOREDB_URL_FILE: this.text(owner, 'eventstoredb-url', eventStore.connectionString),
    };
  }

  private registryKeys(owner: string): string {
    const { kid, publicJwk } = this.needs.credentials.registry.signingKey;
    return this.json(owner, 'registry-keys.json', [{ kid, publicJwk }]);
  }

  private text(owner: string, name: string, text = ''): string {
    return this.needs.home.writeText(text, 'services', owner, name);
  }

  private json(owner: string, name: string, value: unknown): string {
    return this.text(owner, name, JSON.stringify(value));
  }
}
