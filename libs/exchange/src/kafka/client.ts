import type { ConnectionOptions } from 'node:tls';
import kafkajs, { type Cluster, type Kafka, type SASLOptions } from 'kafkajs';
import { mendRequestQueue } from './request-queue.ts';

export interface KafkaConnection {
  /** host:port of some brokers; the others are learned from them. */
  brokers: readonly string[];
  /** Tells this client from others in the brokers' logs. */
  clientId: string;
  sasl?: { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string };
  /** TLS, by Node's options or with the system's authorities. */
  ssl?: ConnectionOptions | boolean;
}

/** Pauses of a single request. Whoever asks tries again with longer ones. */
const RETRY = { initialRetryTime: 25, factor: 0.2, multiplier: 2, maxRetryTime: 1000, retries: 4 };

/** A client of kafkajs. Each user has its own: kafkajs keeps a group's offsets in what its consumers share. */
export function connectionTo({ brokers, clientId, sasl, ssl }: KafkaConnection): Kafka {
  mendRequestQueue();
  return new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    sasl: sasl as SASLOptions | undefined,
    ssl,
    connectionTimeout: 3000,
    authenticationTimeout: 5000,
    requestTimeout: 15_000,
    retry: RETRY,
    // It tells each try of each connection. Whoever asked for something tells what became of it.
    logLevel: kafkajs.logLevel.NOTHING,
  });
}

/**
 * The connections below a client, with which single records can be read. kafkajs hands them to the assigners of a
 * consumer only, so to one of a consumer that never runs.
 */
export function clusterOf(kafka: Kafka): Cluster {
  let found: Cluster | undefined;
  kafka.consumer({
    groupId: 'none',
    allowAutoTopicCreation: false,
    // Otherwise a transaction that is never ended would hide the tail.
    readUncommitted: true,
    partitionAssigners: [
      (config) => {
        found = config.cluster;
        return kafkajs.PartitionAssigners.roundRobin(config);
      },
    ],
  });
  if (!found) throw new Error('kafkajs has shown no cluster');
  return found;
}

export interface KafkaFault {
  name?: string;
  /** Of the broker's answer. */
  type?: string;
  cause?: KafkaFault;
}

/** Whether an error, or what caused it, is of a kind: one of the broker's named answers, or of kafkajs' errors. */
export function isFault(error: unknown, ...kinds: string[]): boolean {
  for (let fault = error as KafkaFault | undefined; fault; fault = fault.cause) {
    if (kinds.includes(fault.type ?? '') || kinds.includes(fault.name ?? '')) return true;
  }
  return false;
}
