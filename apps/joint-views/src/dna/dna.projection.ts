import type { DnaProfileContent, DnaWordContent } from '#contracts';
import type { Rows } from '../records/record.ts';
import type { Projection, Released } from '../records/view.ts';

/** A profile as its member released it. */
export function profileRows({ content }: Released): Rows {
  const { reference, kind, loci, amelogenin } = content as DnaProfileContent;
  return { dna_profiles: [{ reference, kind, profile: { loci, ...(amelogenin && { amelogenin }) } }] };
}

/** What is said of hits: kinds of words. */
export type WordKind = 'confirmed' | 'dismissed' | 'data-requested' | 'data-sent' | 'data-refused';

/** A member's word on a hit. */
export const wordRows =
  (kind: WordKind): Projection =>
  ({ at, content }) => {
    const { hit, ...detail } = content as DnaWordContent;
    return { dna_words: [{ hit, kind, at, detail: Object.keys(detail).length === 0 ? null : detail }] };
  };
