export { createRegistry, type Registry, type RegistryConfig, type RegistryParts } from './create-registry.ts';
export type { Founder } from './members/found.ts';
export type { Proof } from './members/register-keys/proof.ts';
export type { SourceStatus } from './status/relays.ts';
