import { Type, type Static } from '@sinclair/typebox';
import { CoreDataBody, DnaProfileBody, HitReasonBody, PROFILE_KINDS } from '../../schemas/dna.ts';
import * as f from '../../schemas/fields.ts';
import { systemContent } from '../../schemas/systems.ts';

/** Two values in normal form, the lesser first; `*` for one that is not designated. */
const pair = Type.Unsafe<[string, string]>({
  type: 'array',
  items: { type: 'string', pattern: '^(\\d{1,2}(\\.[1-4])?|[XY*])$' },
  minItems: 2,
  maxItems: 2,
});

/** A profile, whole. It names nobody. */
export const DnaProfileContent = systemContent({
  reference: DnaProfileBody.properties.reference,
  kind: f.oneOf(PROFILE_KINDS),
  loci: Type.Record(Type.String({ minLength: 1, maxLength: 20 }), pair, { maxProperties: 60 }),
  amelogenin: Type.Optional(pair),
});
export type DnaProfileContent = Static<typeof DnaProfileContent>;

/** The hit that a member speaks of, which may not be there, or not be known to it. */
const ofHit = { hit: f.uuid };

/** Said of a hit: it is confirmed, dismissed, or its core data are asked for. Why one is dismissed stays at home. */
export const HitWordContent = Type.Object(ofHit, f.strict);
export type HitWordContent = Static<typeof HitWordContent>;

export const DataRefusedContent = Type.Object({ ...ofHit, ...HitReasonBody.properties }, f.strict);
export type DataRefusedContent = Static<typeof DataRefusedContent>;

export const DataSentContent = Type.Object({ ...ofHit, ...CoreDataBody.properties }, { ...f.strict, minProperties: 2 });
export type DataSentContent = Static<typeof DataSentContent>;

export type DnaWordContent = HitWordContent | DataRefusedContent | DataSentContent;
