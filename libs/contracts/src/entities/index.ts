export { checkEntities, globalReferences, withGlobalIds } from './check.ts';
export type { CheckedEntity, EntityCheckOptions } from './check.ts';
export { captionOf, edgeEnds, entityProperties, isEdge, type Properties } from './describe.ts';
export { identifierProperties, identifiersOf, normalizeIdentifier } from './identifiers.ts';
export type { Identifier, IdentifierKind } from './identifiers.ts';
export { isA } from './model.ts';
export { countriesBehind, mergeShields, nationalities, shieldOf, shieldOfEntities, type Claimant } from './shield.ts';
export { isPartialDate } from './values.ts';
