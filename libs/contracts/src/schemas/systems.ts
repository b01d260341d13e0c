import { Type, type Static, type TObject, type TProperties, type TSchema } from '@sinclair/typebox';
import type { HandlingCode } from '../codes/index.ts';
import { InvalidRequest } from '../problems/problem.ts';
import { validator } from '../validation/index.ts';
import * as f from './fields.ts';

/** POST …/release of any system's record. */
export const SystemReleaseBody = Type.Object(
  { audience: f.audience, purposes: f.purposes, notBefore: Type.Optional(f.instant) },
  f.strict,
);
export type SystemReleaseBody = Static<typeof SystemReleaseBody>;
export const readSystemRelease = validator(SystemReleaseBody);

const GIVEN = {
  externalId: Type.Optional(f.externalId),
  classification: Type.Optional(f.classification),
  handlingCodes: Type.Optional(f.handlingCodes),
  handlingText: Type.Optional(f.handlingText),
  reviewBy: Type.Optional(f.date),
  release: Type.Optional(SystemReleaseBody),
};
/** What the body of every system's record may say, beside its own fields. */
export type SystemGiven = Static<TObject<typeof GIVEN>>;

/** POST /v1/<system>: its own fields, and what every system's record may say of its handling and its release. */
export const systemBody = <Fields extends TProperties>(fields: Fields) =>
  Type.Object({ ...fields, ...GIVEN }, f.strict);

/** What leaves of a system's record: the same whole snapshot with every event, whatever happened. */
export const systemContent = <Fields extends TProperties>(fields: Fields) =>
  Type.Object({ ...fields, handlingText: Type.Optional(f.handlingText) }, f.strict);

/** Throws InvalidRequest where H3 comes without its text. */
export function checkHandling(body: { handlingCodes?: HandlingCode[]; handlingText?: string }): void {
  if (!body.handlingCodes?.includes('H3') || body.handlingText !== undefined) return;
  const message = 'The handling code H3 needs a text that says what is restricted.';
  throw new InvalidRequest([{ path: '/handlingText', rule: 'required', message }]);
}

/** Reads the body of a system's record: its shape, and its handling. */
export function systemReader<Schema extends TSchema>(schema: Schema): (value: unknown) => Static<Schema> {
  const read = validator(schema);
  return (value) => {
    const body = read(value);
    checkHandling(body as SystemGiven);
    return body;
  };
}
