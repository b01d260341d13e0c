import { schemaUri, type Envelope } from '#contracts';
import type { Aggregate } from '../aggregate/fold.ts';
import { evolveMember, memberSnapshot, noMember, type Member, type MemberEvent } from './member.ts';

export const MEMBERS_SOURCE = '/registry/members';

/** Every fact about a member leaves the registry: who is one is every node's business. */
export const memberAggregate: Aggregate<Member, MemberEvent> = {
  prefix: 'member-',
  initial: noMember,
  evolve: evolveMember,
  tell,
};

function tell(event: MemberEvent, after: Member, { id, at }: { id: string; at: string }): Envelope {
  if (after.state === 'none') throw new Error(`${event.type} left no member`);
  const type = `accord.registry.${event.type}`;
  return {
    specversion: '1.0',
    id,
    source: MEMBERS_SOURCE,
    type,
    subject: after.code,
    time: at,
    dataschema: schemaUri(type),
    datacontenttype: 'application/json',
    data: { ...event.data, ...memberSnapshot(after) },
  };
}
