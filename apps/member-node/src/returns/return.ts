import { AtBody, EmptyBody, ReturnBody, TransferBody, type EventType } from '#contracts';
import type { Also, Transition } from '../systems/declaration.ts';
import { defineSystem } from '../systems/system.ts';
import { hubUnknown } from './hub-talks.decide.ts';
import { hubTalks, placeIn } from './hub-talks.ts';
import { namedIn, recordName, touchOf } from './person.ts';
import * as decide from './return.decide.ts';
import type { ReturnCase } from './return.decide.ts';

type Step = Transition<ReturnCase>;
type At = { at: string };

const step = (
  name: string,
  fact: string,
  event: EventType,
  rest: Pick<Step, 'body' | 'summary' | 'decide'> & Partial<Step>,
): Step => ({ name, fact, event, ...rest });

/** What others are told, named one by one so that whatever comes to be kept stays at home. */
const TOLD = [
  'person',
  'returnTo',
  'evidence',
  'biometricReference',
  'stage',
  'openedAt',
  'requestedAt',
  'scheduledFor',
  'returnedAt',
  'transferredAt',
  'hub',
  'abscondedAt',
  'closedAt',
] as const satisfies readonly (keyof ReturnCase)[];

const told = (now: ReturnCase): object =>
  Object.fromEntries(TOLD.filter((name) => now[name] !== undefined).map((name) => [name, now[name]]));

/** Gives a place in a hub back, where it was taken and can be given back. */
const leave = (hub: string | undefined, id: string): Also[] =>
  hub === undefined ? [] : [{ system: hubTalks, id: hub, transition: 'leave', body: { case: id }, optional: true }];

/** A person who goes elsewhere holds no place, whichever was asked for. */
const leaveAsked: Step['also'] = ({ asked }, _, { id }) => leave(asked, id);

/** Returns of people whose appeals are exhausted, each by the state that returns. */
export const returns = defineSystem<ReturnCase, ReturnBody>({
  kind: 'return',
  path: 'returns',
  category: 'return',
  body: ReturnBody,
  summary: 'Open the return of a person whose appeals are exhausted',
  released: 'accord.returns.return-opened.v1',
  names: namedIn,
  content: decide.openReturn,
  leaves: told,
  // A return mentions no claim, not even at home.
  shows: told,
  touches: (content, { id }) => touchOf(content, recordName('return', id), { refused: content.refusedClaims }),
  holds: ({ asked, hub = asked }, { id }) => (hub === undefined ? null : placeIn(hub, id)),
  transitions: [
    step('request-documents', 'documents-requested', 'accord.returns.documents-requested.v1', {
      body: EmptyBody,
      summary: 'Ask the state of return for a travel document',
      decide: (now, _, { at }) => decide.requestDocuments(now, at),
    }),
    step('schedule', 'scheduled', 'accord.returns.return-scheduled.v1', {
      body: AtBody,
      summary: 'Schedule the return, or schedule it anew',
      decide: (now, body) => decide.schedule(now, (body as At).at),
    }),
    step('complete', 'completed', 'accord.returns.return-completed.v1', {
      body: AtBody,
      happened: ['at'],
      summary: 'The person was returned',
      decide: (now, body) => decide.complete(now, (body as At).at),
      also: leaveAsked,
    }),
    step('abscond', 'absconded', 'accord.returns.person-absconded.v1', {
      body: AtBody,
      happened: ['at'],
      summary: 'The person was not to be found',
      decide: (now, body) => decide.abscond(now, (body as At).at),
      also: leaveAsked,
    }),
    {
      name: 'ask-for-place',
      fact: 'place-asked',
      event: null,
      internal: true,
      body: TransferBody,
      summary: 'A place in a hub is about to be taken',
      decide: (now, body) => decide.askForPlace(now, (body as TransferBody).hub),
    },
    step('transfer', 'transferred', 'accord.returns.person-transferred.v1', {
      body: TransferBody,
      happened: ['at'],
      summary: "The person was taken to a hub of this member's, where a place is free",
      decide: (now, body) => decide.transfer(now, body as TransferBody),
      also: ({ asked }, body, { id }) => {
        const { hub } = body as TransferBody;
        const book = { system: hubTalks, id: hub, transition: 'book', body: { case: id }, missing: hubUnknown() };
        return [...leave(asked === hub ? undefined : asked, id), { ...book, noted: 'ask-for-place' }];
      },
    }),
    step('close', 'closed', 'accord.returns.return-closed.v1', {
      body: EmptyBody,
      summary: 'Close the case of who was returned, is in a hub or has absconded: a place in a hub is free again',
      decide: (now, _, { at }) => decide.close(now, at),
      also: ({ hub }, _, { id }) => leave(hub, id),
    }),
  ],
});
