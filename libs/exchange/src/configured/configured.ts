import { Type, type Static, type TObject } from '@sinclair/typebox';
import { ConfigError, secretOf, textOf } from '#platform';
import type { Database } from '#sql';
import { openEmbeddedExchange } from '../embedded/index.ts';
import { openKafkaExchange, type KafkaConnection } from '../kafka/index.ts';
import type { WorkerLog } from '../log.ts';
import type { Exchange } from '../port.ts';

/** How Kafka is reached. */
export const KAFKA_SETTINGS = {
  /** host:port of some brokers, comma-separated. */
  KAFKA_BROKERS: Type.Optional(Type.String({ pattern: '^[^\\s,:]+:\\d+(,[^\\s,:]+:\\d+)*$' })),
  /** Without a user no SASL is spoken. */
  KAFKA_USER: Type.Optional(Type.String()),
  KAFKA_PASSWORD: Type.Optional(Type.String()),
  KAFKA_PASSWORD_FILE: Type.Optional(Type.String()),
  KAFKA_SASL_MECHANISM: Type.String({ default: 'plain', pattern: '^(plain|scram-sha-256|scram-sha-512)$' }),
  /** On by itself where an authority is given. */
  KAFKA_TLS: Type.Boolean({ default: false }),
  /** A PEM file: who signs the brokers' certificates, where the system's authorities don't. */
  KAFKA_CA_FILE: Type.Optional(Type.String()),
  KAFKA_TOPIC_PREFIX: Type.String({ default: 'accord', pattern: '^[A-Za-z0-9-]+$' }),
  /** Of each topic. One has only its disk: with three, set min.insync.replicas=2 on the brokers. */
  KAFKA_REPLICAS: Type.Integer({ default: 1, minimum: 1 }),
};
export type KafkaSettings = Static<TObject<typeof KAFKA_SETTINGS>>;

/** Which exchange an app is on. */
export const EXCHANGE_SETTINGS = {
  /** `embedded`: a table in the app's own database, so for apps that share one. */
  EXCHANGE: Type.String({ default: 'embedded', pattern: '^(embedded|kafka)$' }),
  ...KAFKA_SETTINGS,
  /**
   * How long an instance that isn't heard of keeps its sources. Less than group.min.session.timeout.ms of the brokers, and
   * they refuse it.
   */
  KAFKA_SESSION_SECONDS: Type.Integer({ default: 10, minimum: 2, maximum: 1800 }),
};
export type ExchangeSettings = Static<TObject<typeof EXCHANGE_SETTINGS>>;

/** Often enough that two lost in a row cost nothing, in milliseconds. */
const heartbeatOf = (sessionMs: number): number => Math.min(1000, sessionMs / 4);

/** How to connect to Kafka by these settings. Throws ConfigError, one line, where one is missing or can't be read. */
export function kafkaConnectionOf(settings: KafkaSettings, clientId: string): KafkaConnection {
  if (settings.KAFKA_BROKERS === undefined) throw new ConfigError('Setting KAFKA_BROKERS: Required property');
  return { brokers: settings.KAFKA_BROKERS.split(','), clientId, sasl: saslOf(settings), ssl: sslOf(settings) };
}

function saslOf(settings: KafkaSettings): KafkaConnection['sasl'] {
  const password = secretOf('KAFKA_PASSWORD', settings.KAFKA_PASSWORD, settings.KAFKA_PASSWORD_FILE);
  const username = settings.KAFKA_USER;
  if (username === undefined) {
    if (password !== undefined) throw new ConfigError('Setting KAFKA_USER: Required where there is a password');
    return undefined;
  }
  if (password === undefined)
    throw new ConfigError('Setting KAFKA_PASSWORD: Required where there is a user (or KAFKA_PASSWORD_FILE)');
  const mechanism = settings.KAFKA_SASL_MECHANISM as NonNullable<KafkaConnection['sasl']>['mechanism'];
  return { mechanism, username, password };
}

function sslOf({ KAFKA_TLS, KAFKA_CA_FILE }: KafkaSettings): KafkaConnection['ssl'] {
  if (KAFKA_CA_FILE !== undefined) return { ca: textOf('KAFKA_CA_FILE', KAFKA_CA_FILE) };
  return KAFKA_TLS ? true : undefined;
}

/** Opens the exchange that the settings choose. `clientId` tells this app from others in the brokers' logs. */
export function openConfiguredExchange(
  settings: ExchangeSettings,
  needs: { db: Database; clientId: string; log: WorkerLog },
): Promise<Exchange> {
  if (settings.EXCHANGE === 'embedded') return openEmbeddedExchange({ db: needs.db });
  const { KAFKA_TOPIC_PREFIX: prefix, KAFKA_REPLICAS: replicas } = settings;
  const sessionMs = settings.KAFKA_SESSION_SECONDS * 1000;
  const pace = { sessionMs, heartbeatMs: heartbeatOf(sessionMs) };
  return openKafkaExchange({
    ...kafkaConnectionOf(settings, needs.clientId),
    prefix,
    replicas,
    ...pace,
    log: needs.log,
  });
}
