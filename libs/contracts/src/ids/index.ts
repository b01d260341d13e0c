export { KeyedHash } from './keyed-hash.ts';
export { isUuid, uuidv7, uuidv8 } from './uuid.ts';
export { entityId, isMemberCode, parseEntityId } from './entity-id.ts';
export { randomOf } from './random.ts';
