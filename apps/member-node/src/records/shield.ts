import { mergeShields, shieldOf, type Shield } from '#contracts';
import type { PersonFacts } from './record-module.ts';

export const NO_SHIELD: Shield = [];

/** Whether `wider` keeps out everyone whom `shield` keeps out. */
export const covers = (wider: Shield, shield: Shield): boolean => {
  if (wider === 'ALL') return true;
  return shield !== 'ALL' && shield.every((country) => wider.includes(country));
};

/** Whom a person is kept from, by all that is known of it from several records: a claim in one counts in all. */
export const shieldOfPerson = (known: readonly PersonFacts[]): Shield => {
  if (!known.some(({ claimed }) => claimed)) return NO_SHIELD;
  const nationality = known.flatMap(({ nationalities }) => nationalities);
  const habitualResidence = known.flatMap(({ others }) => others);
  const person = { schema: 'Person', properties: { nationality }, protectionClaim: { habitualResidence } };
  return shieldOf(person) ?? NO_SHIELD;
};

export { mergeShields };
