import type { Shield } from '#contracts';
import type { PersonFacts } from './record-module.ts';

const NO_FACTS: PersonFacts = { claimed: false, nationalities: [], others: [] };
const COUNTRY = /^[a-z]{2}$/;

/** What is known of one person from several records together. */
export const mergeFacts = (facts: readonly PersonFacts[]): PersonFacts =>
  facts.reduce(
    (all, one) => ({
      claimed: all.claimed || one.claimed,
      nationalities: [...all.nationalities, ...one.nationalities],
      others: [...all.others, ...one.others],
    }),
    NO_FACTS,
  );

/**
 * Whom a person is kept from: nobody without a claim; everyone where a nationality is missing or is no country of today
 * (Asylum Procedures Regulation 2024/1348, Art. 7(2)).
 */
export const shieldOfPerson = ({ claimed, nationalities, others }: PersonFacts): Shield => {
  if (!claimed) return [];
  // A part of a country, as in gb-sct, is that country.
  const countries = [...nationalities, ...others].map((code) => code.toLowerCase().split('-')[0] ?? '');
  if (nationalities.length === 0 || !countries.every((code) => COUNTRY.test(code))) return 'ALL';
  return [...new Set(countries)].sort();
};
