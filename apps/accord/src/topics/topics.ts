import { Type } from '@sinclair/typebox';
import { KAFKA_SETTINGS, kafkaConnectionOf } from '#exchange/configured';
import { principalsOf, type KafkaConnection, type TopicPlan } from '#exchange/kafka';
import { environment, parseConfig } from '#platform';
import type { Home } from '../home/home.ts';

const Settings = Type.Object(KAFKA_SETTINGS);
const FILE = ['servers', 'kafka.json'];
const CLIENT = 'accord-topics';

/** A topic for each source of these members' task force, and who may do what on it. */
export const planFor = (
  members: readonly string[],
  options: Pick<TopicPlan, 'prefix' | 'replicas'> = {},
): TopicPlan => ({
  sources: ['/registry/members', '/registry/agreements', ...members.map((code) => `/members/${code}`)],
  principals: principalsOf(members),
  ...options,
});

/** How `accord topics` reaches Kafka: by its settings, and where there are none, that of a started product. */
export const topicsConnection = (
  home: Home,
): { connection: KafkaConnection } & Required<Pick<TopicPlan, 'prefix' | 'replicas'>> => {
  const settings = parseConfig(Settings, environment());
  const shape = { prefix: settings.KAFKA_TOPIC_PREFIX, replicas: settings.KAFKA_REPLICAS };
  if (settings.KAFKA_BROKERS === undefined && home.has(...FILE))
    return { connection: home.readJson<KafkaConnection>(...FILE), ...shape };
  return { connection: kafkaConnectionOf(settings, CLIENT), ...shape };
};

/** Keeps how the administrator of a started Kafka connects, for `accord topics`. */
export const rememberBroker = (home: Home, broker: string, password: string): KafkaConnection => {
  const sasl = { mechanism: 'plain' as const, username: 'admin', password };
  const connection: KafkaConnection = { brokers: [broker], clientId: CLIENT, sasl };
  home.writeJson(connection, ...FILE);
  return connection;
};
