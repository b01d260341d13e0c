import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import type { Exchange } from '../port.ts';
import { describeKafka, newPrefix, QUICK } from '../testing/kafka-server.ts';
import { clusterOf, connectionTo } from './client.ts';
import { aclsFor, applyTopics, openKafkaExchange, principalsOf } from './index.ts';

const MEMBERS = '/registry/members';
const AGREEMENTS = '/registry/agreements';
const SOURCES = [MEMBERS, AGREEMENTS, '/members/GB', '/members/AL', '/members/XK'];
// ME has signed in, and is no member; XK has withdrawn.
const principals = principalsOf(['GB', 'AL']);

describe('who may do what', () => {
  const of = (source: string, verb: string) => {
    const rights = aclsFor(source, principals).filter(({ operation }) => operation === verb);
    return [...new Set(rights.map(({ principal }) => principal))];
  };

  it.each([
    [MEMBERS, ['User:registry'], ['User:registry', 'User:joint-views', 'User:GB', 'User:AL']],
    [AGREEMENTS, ['User:registry'], ['User:registry', 'User:joint-views']],
    ['/registry/other', ['User:registry'], ['User:registry', 'User:joint-views']],
    ['/members/GB', ['User:GB'], ['User:GB', 'User:joint-views']],
    ['/members/XK', [], ['User:joint-views']],
    ['/members/toString', [], ['User:joint-views']],
    ['/others/GB', [], ['User:joint-views']],
  ])('on %s', (source, writers, readers) => {
    expect(of(source, 'write')).toEqual(writers);
    expect(of(source, 'read')).toEqual(readers);
  });

  it('names no topic after what is no source', () => {
    for (const source of ['', '/', 'members/GB', '/members/G.B', '/members//GB', '/members/GB/', '/members/*']) {
      expect(() => aclsFor(source, principals)).toThrow('is not the name of a source');
    }
  });
});

await describeKafka('the broker', (login) => {
  const prefix = newPrefix();
  const admin = { ...login('admin'), ...QUICK, prefix };
  const opened: Exchange[] = [];

  async function as(user: string): Promise<Exchange> {
    const exchange = await openKafkaExchange({ ...login(user), ...QUICK, prefix });
    opened.push(exchange);
    return exchange;
  }

  beforeAll(async () => {
    await applyTopics(admin, { sources: SOURCES, principals, prefix });
    const exchange = await as('admin');
    for (const source of SOURCES) await exchange.append(source, [{ key: 'k', value: '{"n":0}' }]);
  });
  afterEach(() => Promise.all(opened.splice(0).map((exchange) => exchange.close())));

  const everyone = ['registry', 'joint-views', 'GB', 'AL', 'XK', 'ME'];
  it.each(everyone.flatMap((user) => SOURCES.map((source) => [user, source] as const)))(
    'lets %s do on %s what its part is, and nothing else',
    async (user, source) => {
      const rights = aclsFor(source, principals).filter(({ principal }) => principal === `User:${user}`);
      const exchange = await as(user);
      const reading = expect(exchange.read(source, 0, 1));
      if (rights.some(({ operation }) => operation === 'read')) await reading.resolves.toHaveLength(1);
      else await reading.rejects.toThrow(/authorized|authorization/i);
      const writing = expect(exchange.append(source, [{ key: 'k', value: '{"n":1}' }]));
      if (rights.some(({ operation }) => operation === 'write')) await writing.resolves.toBeUndefined();
      else await writing.rejects.toThrow(/authorized|authorization/i);
    },
  );

  it('lets the registry alone announce, and those hear it who read the source', async () => {
    await (await as('registry')).announce(AGREEMENTS, 'n');
    expect(await (await as('joint-views')).announced(AGREEMENTS)).toBe('n');
    await expect((await as('GB')).announced(AGREEMENTS)).rejects.toThrow(/authoriz/i);
    await expect((await as('joint-views')).announce(AGREEMENTS, 'm')).rejects.toThrow(/authoriz/i);
  });

  it("refuses a forged write to another member's topic, also of a client that asks for no leader before", async () => {
    const cluster = clusterOf(connectionTo(login('GB')));
    await cluster.connect();
    await cluster.refreshMetadata();
    const broker = await cluster.findControllerBroker();
    const messages = [{ key: 'k', value: '{"forged":true}', timestamp: String(Date.now()) }];
    const forge = (topic: string) =>
      broker.produce({
        producerId: -1,
        producerEpoch: 0,
        acks: -1,
        timeout: 5000,
        topicData: [{ topic, partitions: [{ partition: 0, firstSequence: 0, messages }] }],
      } as never);
    try {
      const refused = { type: 'TOPIC_AUTHORIZATION_FAILED' };
      for (const name of ['members.AL', 'registry.members', 'registry.agreements']) {
        await expect(forge(`${prefix}.${name}`)).rejects.toMatchObject(refused);
      }
      await forge(`${prefix}.members.GB`);
    } finally {
      await cluster.disconnect();
    }
    const exchange = await as('admin');
    const tails = await Promise.all(['/members/AL', MEMBERS, AGREEMENTS].map((source) => exchange.tail(source)));
    expect(tails.filter((tail) => tail!.value.includes('forged'))).toEqual([]);
  });

  it('lets nobody take a share of what another reads', async () => {
    const kafka = connectionTo(login('GB'));
    const join = async (groupId: string) => {
      const consumer = kafka.consumer({ groupId, retry: { retries: 0 } });
      const { promise, resolve } = Promise.withResolvers<string>();
      consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error.message));
      consumer.on(consumer.events.GROUP_JOIN, () => resolve('joined'));
      await consumer.connect();
      await consumer.subscribe({ topic: `${prefix}.registry.members` });
      await consumer.run({ eachBatch: async () => {} });
      return promise.finally(() => consumer.disconnect());
    };
    // Who may not be in a group is not even told where it is.
    for (const group of ['joint-views', 'member-node-AL']) {
      expect(await join(`${group}:${prefix}.registry.members`)).toMatch(/find group coordinator/);
    }
  });

  it.each([
    ['joint-views', 'joint-views', '/members/GB'],
    ['joint-views', 'joint-views', AGREEMENTS],
    ['GB', 'member-node-GB', MEMBERS],
  ])('lets %s consume in %s', async (user, group, source) => {
    const exchange = await as(user);
    const heard = Promise.withResolvers<void>();
    await exchange.consume({ group, sources: [source], from: async () => 0, onBatch: async () => heard.resolve() });
    await heard.promise;
  });

  it('lets no node make a topic, and says which one is missing', async () => {
    const exchange = await as('GB');
    await expect(exchange.declare('/members/GB')).resolves.toBeUndefined();
    await expect(exchange.declare('/members/MK')).rejects.toThrow(/authorized/i);
  });

  it('refuses who is not who he says', async () => {
    const { sasl, ...rest } = login('GB');
    const forger = await openKafkaExchange({ ...rest, sasl: { ...sasl, password: 'guessed' }, prefix });
    opened.push(forger);
    await expect(forger.tail('/members/GB')).rejects.toThrow(/SASL PLAIN authentication failed/);
    await expect(forger.append('/members/GB', [{ key: 'k', value: '{}' }])).rejects.toThrow(/authentication failed/);
  });

  it('knows who signs in by SCRAM, as a member does that came after the broker', async () => {
    const source = '/members/ME';
    const later = { ...principals, members: { ...principals.members, ME: 'User:late' } };
    await applyTopics(admin, { sources: [source], principals: later, prefix });
    const exchange = await as('late');
    await exchange.append(source, [{ key: 'k', value: '{"n":0}' }]);
    expect(await exchange.tail(source)).toMatchObject({ offset: 0 });
    await expect(exchange.tail('/members/GB')).rejects.toThrow(/authorized/i);
  });

  describe('told what the topics are', () => {
    const own = newPrefix();
    const plan = { sources: ['/members/GB', '/members/AL'], principals, prefix: own };
    const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

    it('makes what is missing, once, for ever', async () => {
      const first = await applyTopics(admin, plan);
      expect(first).toMatchObject({ made: [`${own}.members.GB`, `${own}.members.AL`], revoked: [] });
      expect(first.granted).toContain(`User:GB may write topic ${own}.members.GB`);
      expect(await applyTopics(admin, plan)).toEqual({ made: [], granted: [], revoked: [], broader: [] });
      const client = connectionTo(admin).admin();
      await client.connect();
      const resource = { type: kafkajs.ConfigResourceTypes.TOPIC, name: `${own}.members.GB` };
      const { resources } = await client.describeConfigs({ resources: [resource], includeSynonyms: false });
      await client.disconnect();
      const config = Object.fromEntries(resources[0]!.configEntries.map((e) => [e.configName, e.configValue]));
      expect(config).toMatchObject({ 'retention.ms': '-1', 'retention.bytes': '-1', 'cleanup.policy': 'delete' });
    });

    it('takes away what the plan does not know, and tells of what is broader', async () => {
      const right = {
        principal: 'User:AL',
        host: '*',
        operation: AclOperationTypes.READ,
        permissionType: AclPermissionTypes.ALLOW,
        resourceType: AclResourceTypes.TOPIC,
      };
      const literal = { resourceName: `${own}.members.GB`, resourcePatternType: ResourcePatternTypes.LITERAL };
      const broad = { resourceName: `${own}.`, resourcePatternType: ResourcePatternTypes.PREFIXED };
      const client = connectionTo(admin).admin();
      await client.connect();
      await client.createAcls({
        acl: [
          { ...right, ...literal },
          { ...right, ...broad },
        ],
      });
      await client.disconnect();
      const withoutAl = { ...plan, principals: principalsOf(['GB']) };
      const { revoked, broader, granted } = await applyTopics(admin, withoutAl);
      expect(granted).toEqual([]);
      expect(revoked.sort()).toEqual([
        `User:AL may read topic ${own}.members.AL`,
        `User:AL may read topic ${own}.members.GB`,
        `User:AL may write topic ${own}.members.AL`,
      ]);
      expect(broader).toEqual([`User:AL may read topic ${own}.…`]);
    });

    it('refuses a topic whose order is lost', async () => {
      const client = connectionTo(admin).admin();
      await client.connect();
      await client.createTopics({ topics: [{ topic: `${own}.members.XK`, numPartitions: 2, replicationFactor: 1 }] });
      await client.disconnect();
      const wrong = applyTopics(admin, { ...plan, sources: ['/members/XK'] });
      await expect(wrong).rejects.toThrow('has 2 partitions');
    });
  });
});
