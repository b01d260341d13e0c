import {
  normalizeIdentifier,
  parseEntityId,
  type EncounterContent,
  type HubTalksContent,
  type ReEntryContent,
  type ReturnContent,
  type TravelDocumentContent,
  type TravelDocumentRefusalContent,
} from '#contracts';
import type { Row, Rows } from '../records/record.ts';
import type { Released } from '../records/view.ts';
import { marksOf } from './marks.ts';

/** A person is its originator's: no member speaks of another's. */
function mustBeOwn(originator: string, { id }: { id: string }): void {
  if (parseEntityId(id)?.member !== originator) throw new RangeError("A person is another member's");
}

/** Absent things as null, as a row wants them. */
const whole = (row: Record<string, unknown>): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? null]));

/** A return as the state that returns tells it, whichever event tells it. */
export function returnRows({ originator, content }: Released): Rows {
  const told = content as ReturnContent;
  mustBeOwn(originator, told.person);
  const row = whole({
    participants: [told.returnTo],
    return_to: told.returnTo,
    stage: told.stage,
    person: told.person.id,
    properties: told.person.properties,
    evidence: told.evidence,
    biometric_reference: told.biometricReference,
    handling_text: told.handlingText,
    opened_at: told.openedAt,
    requested_at: told.requestedAt,
    scheduled_for: told.scheduledFor,
    returned_at: told.returnedAt,
    transferred_at: told.transferredAt,
    hub: told.hub,
    absconded_at: told.abscondedAt,
    closed_at: told.closedAt,
  });
  return { returns: [row], person_marks: marksOf(told) };
}

const NOTHING = { number: null, number_key: null, type: null, valid_to: null, reason: null };

/** What a member answers to a return that may be another's, or not there: judged when it is read. */
export function issuedRows({ at, content }: Released): Rows {
  const { return: of, number, type, validTo } = content as TravelDocumentContent;
  const document = { number, number_key: normalizeIdentifier(number), type, valid_to: validTo };
  return { travel_documents: [{ ...NOTHING, return: of, kind: 'issued', ...document, at }] };
}

export function refusedRows({ at, content }: Released): Rows {
  const { return: of, reason } = content as TravelDocumentRefusalContent;
  return { travel_documents: [{ ...NOTHING, return: of, kind: 'refused', reason, at }] };
}

export function encounterRows({ originator, content }: Released): Rows {
  const { person, at, place, biometricReference, handlingText } = content as EncounterContent;
  mustBeOwn(originator, person);
  const row = whole({
    person: person.id,
    properties: person.properties,
    at,
    place,
    biometric_reference: biometricReference,
    handling_text: handlingText,
  });
  return {
    encounters: [row],
    person_marks: marksOf({ person, ...(biometricReference !== undefined && { biometricReference }) }),
  };
}

const wordRows =
  (verdict: 'confirmed' | 'dismissed') =>
  ({ at, content }: Released): Rows => {
    const { return: of, encounter } = content as ReEntryContent;
    return { re_entry_words: [{ return: of, encounter, verdict, at }] };
  };
export const confirmedRows = wordRows('confirmed');
export const dismissedRows = wordRows('dismissed');

export function hubTalksRows({ content }: Released): Rows {
  const { country, stage, places, handlingText } = content as HubTalksContent;
  return { hub_talks: [whole({ country, stage, places, handling_text: handlingText })] };
}
