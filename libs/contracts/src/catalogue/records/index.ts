import { Type, type Static } from '@sinclair/typebox';
import { strict, uuid } from '../../schemas/fields.ts';
import { defineEvent } from '../definition.ts';

/** Events of any module's records say nothing but what became of one. Why is the originator's own business. */
const Nothing = Type.Object({}, strict);

export const recordRecalled = defineEvent({
  type: 'accord.records.record-recalled.v1',
  carries: 'nothing',
  schema: Nothing,
  example: {},
});

export const recordExpired = defineEvent({
  type: 'accord.records.record-expired.v1',
  carries: 'nothing',
  schema: Nothing,
  example: {},
});

/** Its keys are destroyed everywhere, so its end is told in the clear. */
export const recordErased = defineEvent({
  type: 'accord.records.record-erased.v1',
  carries: 'nothing',
  schema: Nothing,
  example: {},
});

/** A claim made later: the sealed shield takes the place of the one before, and is never narrower. */
export const recordReshielded = defineEvent({
  type: 'accord.records.record-reshielded.v1',
  carries: 'sealed',
  schema: Nothing,
  example: {},
});

/**
 * A new member's part in what was released to the whole task force: the originator's own choice, and a release. The
 * access attributes say who may see the record from now on; nothing else of it changes, so it has no recordversion.
 */
export const audienceExtended = defineEvent({
  type: 'accord.records.audience-extended.v1',
  carries: 'nothing',
  schema: Nothing,
  example: {},
});

/** A member has taken note of what it was told. Whether there is such a notice is the reader's to judge. */
export const AcknowledgementContent = Type.Object({ notice: uuid }, strict);
export type AcknowledgementContent = Static<typeof AcknowledgementContent>;

export const noticeAcknowledged = defineEvent({
  type: 'accord.records.notice-acknowledged.v1',
  carries: 'sealed',
  schema: AcknowledgementContent,
  example: { notice: '01980000-0000-8000-8000-0000000000c1' },
});
