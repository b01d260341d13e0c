import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type AclEntry, type AclFilter, type Admin } from 'kafkajs';
import { aclsFor, groupRights, type Principals, type Right } from './acls.ts';
import { connectionTo, isFault, type KafkaConnection } from './client.ts';
import { announcementsConfig, announcementsOf, announces, topicConfig, topicOf } from './topics.ts';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ConfigResourceTypes, ResourcePatternTypes } = kafkajs;

const HOSTED_PAUSE_MS = 100;
const HOSTED_TRIES = 300;

export interface TopicPlan {
  sources: readonly string[];
  principals: Principals;
  prefix?: string;
  replicas?: number;
}

/** What was changed. */
export interface Applied {
  made: string[];
  granted: string[];
  revoked: string[];
  /** Rights on more than the topic alone, which this leaves as they are: somebody should look. */
  broader: string[];
}

/**
 * Makes the sources' topics and sets who may do what on them, as a principal that may (`admin`). Can be run again: what
 * is missing is made, and rights on a topic that the plan doesn't know are taken away. Topics lose nothing by it.
 */
export async function applyTopics(connection: KafkaConnection, plan: TopicPlan): Promise<Applied> {
  const { sources, principals, prefix = 'accord', replicas = 1 } = plan;
  const admin = connectionTo(connection).admin();
  try {
    await admin.connect();
    const logs = sources.map((source) => topicOf(source, prefix));
    const words = sources.filter(announces).map((source) => announcementsOf(source, prefix));
    const made = [
      ...(await makeTopics(admin, logs, { replicas, configEntries: topicConfig(replicas) })),
      ...(await makeTopics(admin, words, { replicas, configEntries: announcementsConfig() })),
    ];
    const topics = [...logs, ...words];
    const rights = sources.flatMap((source) => aclsFor(source, principals, prefix));
    return { made, ...(await applyRights(admin, topics, [...rights, ...groupRights(principals, prefix)])) };
  } finally {
    await admin.disconnect().catch(() => {});
  }
}

interface Shape {
  replicas: number;
  configEntries: ReturnType<typeof topicConfig>;
}

async function makeTopics(admin: Admin, topics: string[], { replicas, configEntries }: Shape): Promise<string[]> {
  const known = new Set(await admin.listTopics());
  const made = topics.filter((topic) => !known.has(topic));
  if (made.length > 0) {
    const shape = { numPartitions: 1, replicationFactor: replicas, configEntries };
    await admin.createTopics({ topics: made.map((topic) => ({ topic, ...shape })), waitForLeaders: false });
    await hosted(admin, made);
  }
  const old = topics.filter((topic) => known.has(topic));
  if (old.length > 0) await mendTopics(admin, old, configEntries);
  return made;
}

/** Resolves once topics can be used. A busy broker takes its time after it has said yes; kafkajs's own wait gives up first. */
async function hosted(admin: Admin, topics: string[]): Promise<void> {
  for (let tries = 1; !(await areHosted(admin, topics)); tries++) {
    if (tries === HOSTED_TRIES) throw new Error('Kafka has made the topics, and does not host them');
    await sleep(HOSTED_PAUSE_MS);
  }
}

async function areHosted(admin: Admin, topics: string[]): Promise<boolean> {
  try {
    const metadata = await admin.fetchTopicMetadata({ topics });
    return metadata.topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0));
  } catch (error) {
    if (isFault(error, 'UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE')) return false;
    throw error;
  }
}

/** A topic that was made otherwise may lose or disorder what it is given. */
async function mendTopics(
  admin: Admin,
  topics: string[],
  configEntries: ReturnType<typeof topicConfig>,
): Promise<void> {
  const metadata = await admin.fetchTopicMetadata({ topics });
  const split = metadata.topics.find(({ partitions }) => partitions.length !== 1);
  if (split) throw new Error(`${split.name} has ${split.partitions.length} partitions: its order is lost`);
  const resources = topics.map((name) => ({ type: ConfigResourceTypes.TOPIC, name, configEntries }));
  await admin.alterConfigs({ validateOnly: false, resources });
}

async function applyRights(admin: Admin, topics: string[], rights: Right[]): Promise<Omit<Applied, 'made'>> {
  const wanted = new Map(rights.map(entryOf).map((entry) => [textOf(entry), entry]));
  const groups = rights.filter(({ resource }) => resource === 'groups').map(({ name }) => name);
  const found = new Map<string, AclEntry>();
  for (const filter of [...topics.map(filterOfTopic), ...groups.map(filterOfGroups)]) {
    const { resources } = await admin.describeAcls(filter);
    for (const { acls, ...resource } of resources) {
      for (const acl of acls) found.set(textOf({ ...resource, ...acl }), { ...resource, ...acl });
    }
  }
  const missing = [...wanted].filter(([text]) => !found.has(text));
  const superfluous = [...found].filter(([text]) => !wanted.has(text));
  const isBroader = ([, acl]: [string, AclEntry]) =>
    acl.resourceType === AclResourceTypes.TOPIC && !topics.includes(acl.resourceName);
  const revoked = superfluous.filter((acl) => !isBroader(acl));
  if (missing.length > 0) await admin.createAcls({ acl: missing.map(([, entry]) => entry) });
  if (revoked.length > 0) await admin.deleteAcls({ filters: revoked.map(([, entry]) => entry) });
  const texts = (acls: Array<[string, AclEntry]>) => acls.map(([text]) => text);
  return { granted: texts(missing), revoked: texts(revoked), broader: texts(superfluous.filter(isBroader)) };
}

function entryOf({ principal, operation, resource, name }: Right): AclEntry {
  return {
    principal,
    host: '*',
    operation: operation === 'read' ? AclOperationTypes.READ : AclOperationTypes.WRITE,
    permissionType: AclPermissionTypes.ALLOW,
    resourceType: resource === 'topic' ? AclResourceTypes.TOPIC : AclResourceTypes.GROUP,
    resourceName: name,
    resourcePatternType: resource === 'topic' ? ResourcePatternTypes.LITERAL : ResourcePatternTypes.PREFIXED,
  };
}

const ANY = { operation: AclOperationTypes.ANY, permissionType: AclPermissionTypes.ANY };

/** Matches also the rights on every topic, and on all whose names begin like this one's. */
function filterOfTopic(name: string): AclFilter {
  const pattern = ResourcePatternTypes.MATCH;
  return { ...ANY, resourceType: AclResourceTypes.TOPIC, resourceName: name, resourcePatternType: pattern };
}

function filterOfGroups(name: string): AclFilter {
  const pattern = ResourcePatternTypes.PREFIXED;
  return { ...ANY, resourceType: AclResourceTypes.GROUP, resourceName: name, resourcePatternType: pattern };
}

/** As in `User:GB may write topic accord.members.GB`. */
function textOf(acl: AclEntry): string {
  const { principal, host, operation, permissionType, resourceType, resourceName, resourcePatternType } = acl;
  const verb = permissionType === AclPermissionTypes.DENY ? 'must not' : 'may';
  const from = host === '*' ? '' : ` from ${host}`;
  const name = resourcePatternType === ResourcePatternTypes.PREFIXED ? `${resourceName}…` : resourceName;
  const what = `${nameOf(AclOperationTypes, operation)} ${nameOf(AclResourceTypes, resourceType)}`;
  return `${principal} ${verb} ${what.toLowerCase()} ${name}${from}`;
}

/** kafkajs declares enums, and has plain objects. */
function nameOf(names: object, value: number): string {
  return Object.entries(names).find(([, known]) => known === value)?.[0] ?? String(value);
}
