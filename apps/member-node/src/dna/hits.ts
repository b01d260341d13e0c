import { CoreDataBody, EmptyBody, HitReasonBody } from '#contracts';
import { defineSaying } from '../words/saying.ts';

const category = 'dna';
const roles = ['publisher'] as const;
const path = (what: string) => `dna/hits/:id/${what}`;

/**
 * What a member says of a hit, which it knows from the joint views. They judge whether it is its to say. The last word
 * counts: what was dismissed may be confirmed, what was sent be sent corrected. Asked for again, data are due no later.
 */
export const hitSayings = [
  defineSaying({
    saying: 'confirm-hit',
    path: path('confirm'),
    roles,
    category,
    event: 'accord.dna.hit-confirmed.v1',
    body: EmptyBody,
    content: (hit) => ({ hit }),
    once: false,
    summary: 'A person confirms a hit of a search of this member',
  }),
  defineSaying<HitReasonBody>({
    saying: 'dismiss-hit',
    path: path('dismiss'),
    roles,
    category,
    event: 'accord.dna.hit-dismissed.v1',
    body: HitReasonBody,
    content: (hit) => ({ hit }),
    home: (body) => body,
    once: false,
    summary: 'A person dismisses a hit of a search of this member',
  }),
  defineSaying({
    saying: 'request-data',
    path: path('request-data'),
    roles,
    category,
    event: 'accord.dna.data-requested.v1',
    body: EmptyBody,
    content: (hit) => ({ hit }),
    once: true,
    summary: 'Ask the member that holds the other profile for its core data, due in 48 hours',
  }),
  defineSaying<CoreDataBody>({
    saying: 'send-data',
    path: path('send-data'),
    roles,
    category,
    event: 'accord.dna.data-sent.v1',
    body: CoreDataBody,
    content: (hit, body) => ({ hit, ...body }),
    once: false,
    summary: 'Send the core data of a hit that a search of another member made',
  }),
  defineSaying<HitReasonBody>({
    saying: 'refuse-data',
    path: path('refuse-data'),
    roles,
    category,
    event: 'accord.dna.data-refused.v1',
    body: HitReasonBody,
    content: (hit, body) => ({ hit, ...body }),
    once: false,
    summary: 'Refuse the core data of a hit that a search of another member made',
  }),
];
