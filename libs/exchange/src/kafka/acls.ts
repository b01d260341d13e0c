import { announcementsOf, announces, groupPrefix, topicOf } from './topics.ts';

/** Who is who on the broker. */
export interface Principals {
  registry: string;
  jointViews: string;
  /** By code. A member that isn't listed may neither write its source nor read any. */
  members: Readonly<Record<string, string>>;
}

/** One right: to read or write a topic, or to read in the groups whose names begin so. */
export interface Right {
  principal: string;
  operation: 'read' | 'write';
  resource: 'topic' | 'groups';
  name: string;
}

/** The principals by their usual names: a member's code, `registry`, `joint-views`. */
export function principalsOf(members: readonly string[]): Principals {
  return {
    registry: 'User:registry',
    jointViews: 'User:joint-views',
    members: Object.fromEntries(members.map((code) => [code, `User:${code}`])),
  };
}

/**
 * Who may do what on a source's topic. Only the source writes it. A member's is read by itself, for its tail, and by the
 * joint views; the registry's members by every node; its agreements by the joint views alone. What the registry announces
 * of a source is for those who read the source.
 */
export function aclsFor(source: string, principals: Principals, prefix = 'accord'): Right[] {
  const names = [topicOf(source, prefix), ...(announces(source) ? [announcementsOf(source, prefix)] : [])];
  return names.flatMap((name) => rightsOn(name, source, principals));
}

function rightsOn(name: string, source: string, principals: Principals): Right[] {
  const { writer, readers } = partiesOf(source, principals);
  const right = (principal: string, operation: Right['operation']): Right => ({
    principal,
    operation,
    resource: 'topic',
    name,
  });
  const reading = new Set([...writer, principals.jointViews, ...readers]);
  return [...writer.map((principal) => right(principal, 'write')), ...[...reading].map((who) => right(who, 'read'))];
}

function partiesOf(source: string, { registry, members }: Principals): { writer: string[]; readers: string[] } {
  const [, kind, name] = source.split('/') as [string, string, string];
  if (kind === 'registry') return { writer: [registry], readers: name === 'members' ? Object.values(members) : [] };
  const member = Object.hasOwn(members, name) ? members[name]! : null;
  return { writer: kind === 'members' && member !== null ? [member] : [], readers: [] };
}

/** Who may be in which group, so that nobody takes a share of another's sources: nodes and the joint views in theirs. */
export function groupRights(principals: Principals, prefix = 'accord'): Right[] {
  const right = (principal: string, group: string): Right => ({
    principal,
    operation: 'read',
    resource: 'groups',
    name: `${groupPrefix(group)}${prefix}.`,
  });
  return [
    right(principals.jointViews, 'joint-views'),
    ...Object.entries(principals.members).map(([code, principal]) => right(principal, `member-node-${code}`)),
  ];
}
