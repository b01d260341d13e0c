export * from './envelope.ts';
export { InvalidEnvelope } from './invalid.ts';
export { draft } from './draft.ts';
export { hashOf, place, sign, verifySignature, ZERO_HASH } from './placing.ts';
export { readPlaced } from './reading.ts';
export { newKey, open, seal, SealBroken } from './sealing.ts';
export { newSigningKey, thumbprint } from './signing-keys.ts';
export type { PrivateJwk, PublicJwk, SigningKey } from './signing-keys.ts';
