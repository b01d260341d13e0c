import { newSigningKey, type SigningKey } from '#contracts';
import type { Home } from './home.ts';

/** The event-signing key of a member, or of the registry; made where it is missing. */
export const ensureSigningKey = (home: Home, owner: string): SigningKey => {
  const file = ['keys', 'signing', `${owner}.json`];
  if (!home.has(...file)) home.writeJson(newSigningKey(), ...file);
  return home.readJson<SigningKey>(...file);
};
