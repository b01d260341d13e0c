import { defineEvent } from '../definition.ts';
import * as contents from './contents.ts';

export * from './contents.ts';

const hit = '0d5b3f4e-0000-8000-8000-0000000000d1';

/** A profile, whole; also said again when it is released to others. */
export const profileReleased = defineEvent({
  type: 'accord.dna.profile-released.v1',
  carries: 'sealed',
  schema: contents.DnaProfileContent,
  example: {
    reference: 'GB-1',
    kind: 'reference',
    loci: { vWA: ['17', '18'], TH01: ['6', '9.3'] },
    amelogenin: ['X', 'Y'],
  },
});

/** Records of the member that says them. */
export const hitConfirmed = defineEvent({
  type: 'accord.dna.hit-confirmed.v1',
  carries: 'sealed',
  schema: contents.HitWordContent,
  example: { hit },
});

export const hitDismissed = defineEvent({
  type: 'accord.dna.hit-dismissed.v1',
  carries: 'sealed',
  schema: contents.HitWordContent,
  example: { hit },
});

export const dataRequested = defineEvent({
  type: 'accord.dna.data-requested.v1',
  carries: 'sealed',
  schema: contents.HitWordContent,
  example: { hit },
});

export const dataSent = defineEvent({
  type: 'accord.dna.data-sent.v1',
  carries: 'sealed',
  schema: contents.DataSentContent,
  example: {
    hit,
    offence: 'people smuggling',
    facts: 'Swab taken at arrest in Durrës.',
    person: { name: ['Test Shembulli'] },
  },
});

export const dataRefused = defineEvent({
  type: 'accord.dna.data-refused.v1',
  carries: 'sealed',
  schema: contents.DataRefusedContent,
  example: { hit, reason: 'Ask through the courts.' },
});
