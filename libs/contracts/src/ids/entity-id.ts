import { isUuid } from './uuid.ts';

const MEMBER = /^[A-Z]{2}$/;
/** Of `GB:` and a UUID. */
const ENTITY_ID_LENGTH = 39;

/** A member's code: two capital letters. Whether such a member exists is the registry's to say. */
export function isMemberCode(value: unknown): value is string {
  return typeof value === 'string' && MEMBER.test(value);
}

/** The global id of an entity: its originator's, so that it tells nothing else. */
export function entityId(member: string, uuid: string): string {
  return `${member}:${uuid}`;
}

/** The parts of a global entity id, or null where it is none. */
export function parseEntityId(id: string): { member: string; uuid: string } | null {
  if (id.length !== ENTITY_ID_LENGTH || id[2] !== ':') return null;
  const member = id.slice(0, 2);
  const uuid = id.slice(3);
  return isMemberCode(member) && isUuid(uuid) ? { member, uuid } : null;
}
