import { IssueDocumentBody, ReEntryBody, RefuseDocumentBody } from '#contracts';
import { defineDeed } from '../contributions/deed.ts';
import { defineSaying } from '../words/saying.ts';
import { recordName } from './person.ts';

const ofReturn = { category: 'return', of: 'return', answered: 200 } as const;

/** The state of return's, at its own node, which can't know whether the return is there. */
export const issueDocument = defineDeed({
  ...ofReturn,
  deed: 'travel-document-issued',
  path: 'returns/:id/issue-document',
  event: 'accord.returns.travel-document-issued.v1',
  body: IssueDocumentBody,
  summary: 'A travel document is issued for a return, by the state of return',
});

export const refuseDocument = defineDeed({
  ...ofReturn,
  deed: 'travel-document-refused',
  path: 'returns/:id/refuse-document',
  event: 'accord.returns.travel-document-refused.v1',
  body: RefuseDocumentBody,
  summary: 'No travel document is issued for a return; the state that returns is told why',
});

const aboutReEntry = {
  category: 'return',
  body: ReEntryBody,
  content: (about: string, { encounter }: ReEntryBody) => ({ return: about, encounter }),
  // Of one return there may be several encounters, and a mind may be changed.
  once: false,
} as const;

/** The state that returned, of an encounter that may be anybody's: the joint views suggest, a person looks. */
export const confirmReEntry = defineSaying<ReEntryBody>({
  ...aboutReEntry,
  saying: 'confirm-re-entry',
  path: 'returns/:id/confirm-re-entry',
  event: 'accord.returns.re-entry-confirmed.v1',
  // Asylum claimed at an own encounter is from then on known to be this person's.
  same: (about, { encounter }) => [recordName('return', about), recordName('encounter', encounter)],
  summary: 'The person of a return of this member is the one who was met',
});

export const dismissReEntry = defineSaying<ReEntryBody>({
  ...aboutReEntry,
  saying: 'dismiss-re-entry',
  path: 'returns/:id/dismiss-re-entry',
  event: 'accord.returns.re-entry-dismissed.v1',
  summary: 'The person of a return of this member is another than who was met',
});
