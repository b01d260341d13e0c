import { uuidv8 } from '#contracts';
import type { Profile } from '#dna';
import { putHitWord, putProfile } from '../../../apps/joint-views/src/testing/dna-fixtures.ts';
import type { SystemItem, SystemWorld } from './system-world.ts';

const PROFILES = 9;
const WORDS = ['confirmed', 'dismissed', 'data-requested', 'data-sent', 'data-refused'];

/** Few people, so that profiles meet: all equal, or in all but an allele. */
const VARIANTS: Profile['loci'][] = [
  {},
  {},
  { vWA: ['17', '*'] },
  { vWA: ['17', '18.1'] },
  { TH01: ['6', '8'] },
  { TH01: ['7', '8'], FGA: ['19', '20'] },
];

const hitOf = (...records: string[]): string => uuidv8('dna-hit', ...records.sort());
const pairsOf = (ids: readonly string[]) => ids.flatMap((one, n) => ids.slice(n + 1).map((two) => hitOf(one, two)));

export const dna: SystemWorld = {
  kind: 'dna',
  draw({ random, id, access }) {
    const profiles = Array.from({ length: PROFILES }, (_, n): SystemItem => {
      const given = access(id(n), 'dna');
      const profile = {
        reference: `P-${n}`,
        kind: random.pick(['reference', 'trace'] as const),
        loci: random.pick(VARIANTS),
        updated: random.below(9),
      };
      return { access: given, put: (db) => putProfile(db, { ...given, ...profile }) };
    });
    // On hits that are nowhere: what is said of one that is there tells its author so, on purpose.
    const words = Array.from({ length: 4 }, (_, n): SystemItem => {
      // Clearance hides no word from its own member's users: they are told of all that it says in vain.
      const open = { audience: [], state: 'released' as const, classification: 'OFFICIAL' as const };
      const given = { ...access(id(50 + n), 'dna'), ...open };
      const word = { id: given.id, originator: given.originator, second: 40 + n };
      const kind = random.pick(WORDS);
      return { access: given, put: (db) => putHitWord(db, word, hitOf(id(90), id(91 + n)), kind) };
    });
    return [...profiles, ...words];
  },
  paths: (ids) => [
    ...['', '?limit=1', '?limit=3', '?cursor=abc'].map((query) => `dna/hits${query}`),
    ...pairsOf(ids.slice(0, 5)).map((hit) => `dna/hits/${hit}`),
  ],
  routes: ['dna/hits 200', 'dna/hits 400', 'dna/hits/:id 200', 'dna/hits/:id 404'],
};
