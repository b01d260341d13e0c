import type { Random } from '../access/random.ts';
import { PURPOSE } from '../support/caller.ts';
import type { Member } from './rig.ts';

/** One command of a system's life, after the one that began it. `path` is below the record's own. */
export interface Step {
  what: string;
  path: string;
  body: object;
  /** The other member says it, at its own node, of a record of this one's: it makes a contribution of its own. */
  byPartner?: true;
}

/** A record of one of the other systems, and what is to become of it. */
export interface Life {
  /** The prefix of its stream. */
  kind: string;
  path: string;
  body: object;
  steps: Step[];
}

interface Given {
  random: Random;
  /** Nobody else's. */
  name: string;
  partner: Member;
}

const LOCI = ['vWA', 'TH01', 'D21S11', 'FGA', 'D8S1179', 'D3S1358', 'D18S51', 'D1S1656'];
const ALLELES = ['14', '15', '16', '17'];
const at = '2026-05-03T05:00:00Z';
const release = { audience: 'TASK_FORCE', purposes: [PURPOSE] };
const recall: Step = { what: 'recall', path: '/recall', body: { reason: 'no longer so' } };
const erase: Step = { what: 'erase', path: '/erase', body: { reason: 'no longer so' } };

const ending = (random: Random): Step[] => random.pick([[], [], [recall], [erase], [recall, erase]]);

/** What is pledged is drawn on to the last penny. */
const help = ({ random, name, partner }: Given): Life => ({
  kind: 'assistance',
  path: '/v1/assistance',
  body: { receiver: partner, kind: 'money', item: `Programme ${name}`, amount: '0.30', currency: 'GBP', release },
  steps: [
    ...['0.10', '0.10', '0.10'].map((amount) => ({ what: 'draw', path: '/draw', body: { amount, for: 'kits' } })),
    ...ending(random),
  ],
});

const alert = ({ random, name }: Given): Life => ({
  kind: 'document-alert',
  path: '/v1/document-alerts',
  body: {
    number: name.replaceAll('-', 'X'),
    type: 'passport',
    issuingState: 'AL',
    status: 'stolen',
    since: '2026-01-01',
    release,
  },
  steps: [{ what: 'withdraw', path: '/withdraw', body: {} }, ...ending(random)],
});

const giveBack = ({ random, name, partner }: Given): Life => ({
  kind: 'return',
  path: '/v1/returns',
  body: {
    person: { schema: 'Person', properties: { name: [`Prova ${name}`], nationality: ['al'] } },
    returnTo: partner,
    appeals: 'exhausted',
    evidence: 'a copy',
    release,
  },
  steps: [
    { what: 'request', path: '/request-documents', body: {} },
    {
      what: 'issue',
      path: '/issue-document',
      body: { number: name.replaceAll('-', 'X'), type: 'emergency-travel-document', validTo: '2099-01-01' },
      byPartner: true,
    },
    { what: 'schedule', path: '/schedule', body: { at } },
    { what: 'complete', path: '/complete', body: { at } },
    ...ending(random),
  ],
});

/** Of a few alleles, so that some meet: what the views make of it is compared with a rebuild. */
const swab = ({ random, name }: Given): Life => ({
  kind: 'dna',
  path: '/v1/dna/profiles',
  body: {
    reference: name,
    kind: random.pick(['reference', 'trace']),
    loci: Object.fromEntries(
      LOCI.map((locus) => [
        locus,
        random.chance(0.7) ? ['15', '16'] : [random.pick(ALLELES), random.pick(ALLELES)].sort(),
      ]),
    ),
    release,
  },
  steps: ending(random),
});

const LIVES = [help, alert, giveBack, swab];

/** What somebody begins next. */
export const lifeOf = (given: Given): Life => given.random.pick(LIVES)(given);
