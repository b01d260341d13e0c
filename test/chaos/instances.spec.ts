import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { LogEntry } from '#exchange';
import { openPglite, type Database } from '#sql';
import { released } from '../../apps/joint-views/src/intake/testing/said.ts';
import { TestSource, uuid } from '../../apps/joint-views/src/intake/testing/source.ts';
import { memberData } from '../../apps/joint-views/src/intake/testing/world.ts';
import { Fenced } from '../../apps/joint-views/src/intake/copy.ts';
import { Broker } from './broker.ts';
import { empty, prepare } from './copies.ts';
import { Crash, Crashing } from './crashing.ts';
import { beginInstance } from './instance.ts';

const REGISTRY = '/registry/members';
const GB = '/members/GB';

describe('two instances of the joint views', () => {
  let plain: Database;
  beforeAll(async () => {
    plain = await openPglite('memory://');
    await prepare(plain);
  });
  beforeEach(() => empty(plain));
  afterAll(() => plain.close());

  const begin = async () => {
    const registry = new TestSource(REGISTRY, undefined as never);
    const gb = new TestSource(GB, undefined as never);
    const joins = (code: string, { key }: TestSource) => ({
      type: 'accord.registry.member-founded.v1',
      subject: code,
      data: { by: null, ...memberData(code, key) },
    });
    const log = (source: TestSource, ...said: Parameters<TestSource['batch']>): LogEntry[] =>
      said.flatMap((one) => source.batch(one)).map((message, offset) => ({ ...message, offset }));
    const logs = new Map([
      [REGISTRY, log(registry, joins('GB', gb), joins('AL', new TestSource('/members/AL', undefined as never)))],
      [GB, log(gb, released(uuid('r'), { access: { registrysequence: 2 } }))],
      ['/registry/agreements', []],
    ]);
    const broker = new Broker(logs);
    const db = new Crashing(plain);
    const [one, other] = [
      await beginInstance(db, broker, registry.key),
      await beginInstance(db, broker, registry.key),
    ] as const;
    return { broker, db, one, other };
  };
  const applied = async () =>
    (await plain.query<{ sequence: number }>(`select sequence from views.sources where source = '${GB}'`))[0]?.sequence;

  it('both follow a member of which only one of them has heard', async () => {
    const { broker, one, other } = await begin();
    broker.come(REGISTRY, 1);
    await one.client.deliver(REGISTRY, 10);
    expect(other.client.follows(GB)).toBe(false);
    await other.intake.tryAgain();
    expect(other.client.follows(GB)).toBe(true);
  });

  it('go on with what failed, also where the exchange has nothing to bring', async () => {
    const { broker, db, one, other } = await begin();
    broker.come(REGISTRY, 1);
    await one.client.deliver(REGISTRY, 10);
    await other.intake.tryAgain();
    broker.come(GB, null);
    await other.client.deliver(GB, 10);
    expect(await applied()).toBe(0);
    broker.come(REGISTRY, null);
    await one.client.deliver(REGISTRY, 10);
    db.crashIn(3);
    await other.intake.tryAgain();
    expect(await applied()).toBe(0);
    await other.intake.tryAgain();
    expect(await applied()).toBe(1);
  });

  it('lose nothing to a crash within a transaction, or just after it', async () => {
    const { broker, db, one } = await begin();
    broker.come(REGISTRY, null);
    const takes = async (): Promise<number> => {
      try {
        return await one.client.deliver(REGISTRY, 1);
      } catch (error) {
        if (error instanceof Crash || error instanceof Fenced) return 1;
        throw error;
      }
    };
    for (let statements = 0; statements < 30; statements += 1) {
      db.crashIn(statements);
      await takes();
    }
    db.crashIn(null);
    while ((await takes()) > 0);
    expect(await plain.query('select code from views.members order by code')).toEqual([{ code: 'AL' }, { code: 'GB' }]);
  });
});
