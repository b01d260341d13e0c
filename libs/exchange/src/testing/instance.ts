import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { KafkaExchangeOptions } from '../kafka/index.ts';
import type { ConsumeOptions, LogEntry } from '../port.ts';

export interface InstanceSetup {
  exchange: KafkaExchangeOptions;
  group: string;
  sources: string[];
}

/** What the process asks its parent, which answers with the number of the question. */
export type Question = { id: number; source: string; entries?: LogEntry[] };
export type Reply = { id: number; place?: number; error?: string };

/**
 * A consumer in a process of its own, which can be killed or put to sleep. Its owner stays in this process: it is asked
 * where to go on, and given the batches.
 */
export function startInstance(setup: InstanceSetup, owner: Pick<ConsumeOptions, 'from' | 'onBatch'>): ChildProcess {
  const root = join(import.meta.dirname, '../../../..');
  const child = fork(join(import.meta.dirname, 'instance-process.ts'), [JSON.stringify(setup)], {
    cwd: root,
    execArgv: ['--import', join(root, 'test/typescript.mjs'), '--conditions=source'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  child.on('message', (question) => void answer(child, question as Question, owner));
  return child;
}

async function answer(
  child: ChildProcess,
  { id, source, entries }: Question,
  owner: Pick<ConsumeOptions, 'from' | 'onBatch'>,
): Promise<void> {
  const reply: Reply = { id };
  try {
    if (entries) await owner.onBatch(source, entries);
    else reply.place = await owner.from(source);
  } catch (error) {
    reply.error = String(error);
  }
  if (child.connected) child.send(reply, () => {});
}
