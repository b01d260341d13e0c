import { DocumentAlertBody, EmptyBody, normalizeIdentifier, WrongState, type DocumentAlertContent } from '#contracts';
import type { Touch } from '../records/record-module.ts';
import { defineSystem, type Making } from '../systems/system.ts';

/** `entity` stays in the node: by it, what reports say of the same number is found. */
export type KeptAlert = DocumentAlertContent & { entity: string };

type Said = Omit<DocumentAlertContent, 'stage' | 'handlingText'>;

const said = ({ number, type, issuingState, status, since, finding }: Said): Said => ({
  ...{ number, type, issuingState, status, since },
  ...(finding && { finding }),
});

const enter = (body: DocumentAlertBody, { id, member }: Making): KeptAlert => ({
  ...said(body),
  stage: 'in-force',
  entity: `${member}:${id}`,
});

const withdraw = (alert: KeptAlert): KeptAlert => {
  if (alert.stage === 'in-force') return { ...alert, stage: 'withdrawn' };
  throw new WrongState('document-alert.withdrawn', 'The alert was withdrawn already.');
};

/** Reports name a number as a passport's or as another that identifies a person: which, nobody need have said of a document alike. */
const KINDS = ['passport', 'national-id'];

/** Whose document it is, a report may say: where that person asked for protection, the alert is shielded as that is. */
const touches = ({ number, entity }: KeptAlert): Touch[] => [
  { entity, person: null, identifiers: KINDS.map((kind) => `${kind} ${normalizeIdentifier(number)}`) },
];

/** Lost, stolen, revoked and forged documents, and what gave a forgery away. */
export const documentAlerts = defineSystem<KeptAlert, DocumentAlertBody>({
  kind: 'document-alert',
  path: 'document-alerts',
  category: 'document',
  body: DocumentAlertBody,
  happened: ['since'],
  summary: 'Register a lost, stolen, revoked or forged document',
  released: 'accord.documents.alert-released.v1',
  content: enter,
  touches,
  leaves: (alert) => ({ ...said(alert), stage: alert.stage }),
  transitions: [
    {
      name: 'withdraw',
      fact: 'withdrawn',
      event: 'accord.documents.alert-withdrawn.v1',
      body: EmptyBody,
      summary: 'It was found, or entered in error: checks hit it no more',
      decide: withdraw,
    },
  ],
});
