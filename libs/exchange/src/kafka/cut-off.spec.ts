import type { ChildProcess } from 'node:child_process';
import { afterEach, expect, it } from '@jest/globals';
import type { Exchange } from '../port.ts';
import { startInstance } from '../testing/instance.ts';
import { describeKafka, newPrefix, QUICK } from '../testing/kafka-server.ts';
import { Owner } from '../testing/owner.ts';
import { openKafkaExchange } from './index.ts';

const SOURCE = '/members/GB';
const COUNT = 600;

await describeKafka('an instance that is cut off', (login) => {
  let exchange: Exchange;
  let children: ChildProcess[] = [];
  let errors = '';

  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    children = [];
    await exchange.close();
  });

  async function filled(): Promise<(owner: Owner) => ChildProcess> {
    // The least that the broker takes.
    const options = { ...login('admin'), ...QUICK, sessionMs: 2000, prefix: newPrefix(), batch: 5 };
    exchange = await openKafkaExchange(options);
    await exchange.declare(SOURCE);
    await exchange.append(
      SOURCE,
      Array.from({ length: COUNT }, (_, n) => ({ key: 'k', value: String(n) })),
    );
    return (owner) => {
      const child = startInstance({ exchange: options, group: 'views', sources: [SOURCE] }, owner.consumer());
      child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()));
      children.push(child);
      return child;
    };
  }

  const all = Array.from({ length: COUNT }, (_, n) => String(n));

  it('by a kill in the middle of a batch is followed by another, from the place that was stored', async () => {
    const begin = await filled();
    const owner = new Owner();
    const first = begin(owner);
    await owner.until(SOURCE, 50);
    first.kill('SIGKILL');
    begin(owner);
    await owner.until(SOURCE, COUNT);
    expect(owner.of(SOURCE)).toEqual(all);
    expect(owner.faults).toEqual([]);
  }, 60_000);

  it('by a long sleep hands nothing over any more, but what it had in hand', async () => {
    const begin = await filled();
    const owner = new Owner(10);
    const first = begin(owner);
    await owner.until(SOURCE, 50);
    first.kill('SIGSTOP');
    const taken = owner.of(SOURCE).length;
    begin(owner);
    await owner.until(SOURCE, taken + 50);
    first.kill('SIGCONT');
    await owner.until(SOURCE, COUNT);
    expect(owner.of(SOURCE)).toEqual(all);
    // That one batch the owner's offset keeps out.
    expect(owner.faults.length).toBeLessThanOrEqual(1);
  }, 60_000);

  it('prints nothing of its own', () => expect(errors).toBe(''));
});
