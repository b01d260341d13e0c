import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeOn } from '../../../sql/src/testing/run-server.ts';
import { accepts } from '../../../platform/src/servers/ports.ts';

const SERVER = { name: 'Kafka', kind: 'kafka', host: join(import.meta.dirname, 'kafka-host.ts') };

interface State {
  brokers: string[];
  users: Record<string, string>;
  scramUsers: Record<string, string>;
  /** The process that keeps it. */
  host: number;
  /** Of a broker that speaks TLS: who signed its certificate. */
  authority?: string;
}

/** How a user of the test run's broker connects. */
export interface KafkaLogin {
  brokers: string[];
  clientId: string;
  sasl: { mechanism: 'plain' | 'scram-sha-512'; username: string; password: string };
  ssl?: { ca: string };
}

/**
 * A describe() for what must hold on a real Kafka broker. `login` answers how one of its users connects: admin,
 * registry, joint-views, GB, AL, XK, MK, ME; and `late`, by SCRAM. The broker is one for the whole test run: a container
 * where Docker runs, else Kafka's jars by Maven. Answers why it can't run. Use topics of your own: `newPrefix()`.
 */
export function describeKafka(
  name: string,
  suite: (login: (user: string) => KafkaLogin) => void,
): Promise<string | null> {
  return describeOn<State>(SERVER, name, (state) => suite(loginsOf(state)));
}

function loginsOf({ brokers, users, scramUsers, authority }: State): (user: string) => KafkaLogin {
  return (username) => {
    const mechanism = username in users ? 'plain' : 'scram-sha-512';
    const password = users[username] ?? scramUsers[username]!;
    const ssl = authority === undefined ? undefined : { ca: authority };
    return { brokers, clientId: 'test', sasl: { mechanism, username, password }, ssl };
  };
}

/** The same on a broker that no other test uses: it speaks TLS, and can die and come back. */
export function describeOwnKafka(
  name: string,
  suite: (login: (user: string) => KafkaLogin, power: { off(): Promise<void>; on(): Promise<void> }) => void,
): Promise<string | null> {
  return describeOn<State>({ ...SERVER, kind: 'kafka-tls' }, name, (state) => {
    const port = Number(state.brokers[0]!.split(':')[1]);
    const toggle = async (on: boolean) => {
      process.kill(state.host, 'SIGUSR2');
      while ((await accepts(port)) !== on) await sleep(20);
    };
    suite(loginsOf(state), { off: () => toggle(false), on: () => toggle(true) });
  });
}

/** What no other test's topics begin with. */
export function newPrefix(): string {
  return `test-${randomBytes(6).toString('hex')}`;
}

/** Quick enough for tests: what takes part of a second each time would add up. */
export const QUICK = { heartbeatMs: 50, waitMs: 50, sessionMs: 6000, tryMs: 2000, pace: { min: 1, max: 20 } };
