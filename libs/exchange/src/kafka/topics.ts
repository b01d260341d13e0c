/** A topic keeps everything: the exchange is the log of record. */
export const TOPIC_CONFIG: Readonly<Record<string, string>> = {
  'cleanup.policy': 'delete',
  'retention.ms': '-1',
  'retention.bytes': '-1',
  'max.message.bytes': String(8 * 1024 * 1024),
};

/**
 * The topic of a source: `/members/GB` is `accord.members.GB`. Throws for what no topic could be named after without
 * two sources sharing it.
 */
export function topicOf(source: string, prefix: string): string {
  if (!/^(\/[A-Za-z0-9-]+)+$/.test(source)) throw new Error(`${source} is not the name of a source`);
  return prefix + source.replaceAll('/', '.');
}

const HOUR_MS = 3_600_000;

/** What is announced may be forgotten: the last word counts, and an old one tells nothing. */
export const ANNOUNCEMENTS_CONFIG: Readonly<Record<string, string>> = {
  'cleanup.policy': 'delete',
  'retention.ms': String(HOUR_MS),
  'segment.ms': String(HOUR_MS / 4),
};

/** The topic of what a source announces beside its log: `accord.registry.members.heartbeat`. */
export function announcementsOf(source: string, prefix: string): string {
  return `${topicOf(source, prefix)}.heartbeat`;
}

/** The sources that announce: what others must know to be current. */
export const announces = (source: string): boolean => source.startsWith('/registry/');

/** Kafka's name of a group: one for each source, so that instances share sources, and a slow one holds up no other. */
export function groupOf(group: string, topic: string): string {
  return groupPrefix(group) + topic;
}

/** What the names of all of a group's Kafka groups begin with. */
export function groupPrefix(group: string): string {
  return `${group}:`;
}

/** Topics of one replica have only the disk: each batch is flushed. With more, the other replicas are the safety. */
export function topicConfig(replicas: number): Array<{ name: string; value: string }> {
  const config = { ...TOPIC_CONFIG, ...(replicas === 1 && { 'flush.messages': '1' }) };
  return entriesOf(config);
}

/** The same of a topic of announcements. */
export const announcementsConfig = () => entriesOf(ANNOUNCEMENTS_CONFIG);

function entriesOf(config: Readonly<Record<string, string>>): Array<{ name: string; value: string }> {
  return Object.entries(config).map(([name, value]) => ({ name, value }));
}
