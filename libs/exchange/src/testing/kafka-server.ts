import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describeOn } from '../../../sql/src/testing/run-server.ts';

const SERVER = { name: 'Kafka', kind: 'kafka', host: join(import.meta.dirname, 'kafka-host.ts') };

interface State {
  brokers: string[];
  users: Record<string, string>;
  scramUsers: Record<string, string>;
}

/** How a user of the test run's broker connects. */
export interface KafkaLogin {
  brokers: string[];
  clientId: string;
  sasl: { mechanism: 'plain' | 'scram-sha-512'; username: string; password: string };
}

/**
 * A describe() for what must hold on a real Kafka broker. `login` answers how one of its users connects: admin,
 * registry, joint-views, GB, AL, XK, MK, ME; and `late`, by SCRAM. The broker is one for the whole test run: a container
 * where Docker runs, else Kafka's jars by Maven. Use topics of your own: `newPrefix()`.
 */
export function describeKafka(name: string, suite: (login: (user: string) => KafkaLogin) => void): Promise<void> {
  return describeOn<State>(SERVER, name, ({ brokers, users, scramUsers }) =>
    suite((username) => {
      const mechanism = username in users ? 'plain' : 'scram-sha-512';
      const password = users[username] ?? scramUsers[username]!;
      return { brokers, clientId: 'test', sasl: { mechanism, username, password } };
    }),
  );
}

/** What no other test's topics begin with. */
export function newPrefix(): string {
  return `test-${randomBytes(6).toString('hex')}`;
}

/** Quick enough for tests: what takes part of a second each time would add up. */
export const QUICK = { heartbeatMs: 50, waitMs: 50, sessionMs: 6000, pace: { min: 1, max: 20 } };
