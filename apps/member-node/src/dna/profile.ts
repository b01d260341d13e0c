import { DnaProfileBody, RuleBroken, type DnaProfileContent } from '#contracts';
import { readProfile } from '#dna';
import { touchesOf } from '../records/touches.ts';
import type { On } from '../systems/declaration.ts';
import { defineSystem } from '../systems/system.ts';

/** What the node keeps of a profile: what it releases, and whom it must not reach. */
export interface KeptProfile extends DnaProfileContent {
  protection?: DnaProfileBody['protection'] & { person: string };
}

/**
 * A DNA profile: a reference and allele pairs, no identity. Kept in normal form, so that the same profile written otherwise
 * is the same. Throws RuleBroken by the inclusion rules of 2008/616/JHA.
 */
export function profileContent(body: DnaProfileBody, { id, member }: On): KeptProfile {
  const { reference, kind, protection } = body;
  const read = readProfile(body);
  if ('fault' in read) {
    const { code, ...error } = read.fault;
    throw new RuleBroken(code, [error]);
  }
  return {
    reference,
    kind,
    ...read.profile,
    ...(protection && { protection: { ...protection, person: `${member}:${id}` } }),
  };
}

export const dnaProfile = defineSystem<KeptProfile, DnaProfileBody>({
  kind: 'dna',
  path: 'dna/profiles',
  category: 'dna',
  body: DnaProfileBody,
  summary: 'Submit a DNA profile: allele pairs under a reference, nothing of the person',
  released: 'accord.dna.profile-released.v1',
  content: profileContent,
  transitions: [],
  identity: ({ reference }) => [reference],
  // Who is behind it, and from whom that person is protected, stays here.
  leaves: ({ reference, kind, loci, amelogenin }) => ({ reference, kind, loci, ...(amelogenin && { amelogenin }) }),
  touches: ({ protection }) => {
    if (protection === undefined) return [];
    const { person, nationality = [], ...protectionClaim } = protection;
    return touchesOf([{ id: person, schema: 'Person', properties: { nationality }, protectionClaim }]);
  },
});
