import { Type, type Static } from '@sinclair/typebox';
import { CROSSING_KINDS } from '../codes/index.ts';
import * as f from './fields.ts';
import { systemBody, systemReader } from './systems.ts';

const people = Type.Integer({ minimum: 0, maximum: 10_000_000 });

export const Nationality = Type.Object(
  { country: Type.String({ pattern: '^[A-Za-z]{2}$', description: 'a country code' }), count: people },
  f.strict,
);
export type Nationality = Static<typeof Nationality>;

/** What a count says, in a request and in an event. */
export const countFields = {
  kind: f.oneOf(CROSSING_KINDS),
  date: Type.Optional(f.date),
  period: Type.Optional(
    Type.String({
      pattern: '^\\d{4}-(\\d{2}|W\\d{2})$',
      description: 'a month as 2025-04, or a week from Monday to Sunday as 2025-W20',
    }),
  ),
  route: Type.Optional(f.text(100)),
  migrants: people,
  boats: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  events: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  nationalities: Type.Optional(Type.Array(Nationality, { maxItems: 250 })),
};

/** POST /v1/crossings, and a line of POST /v1/crossings:batch. What contradicts itself is a rule of the domain. */
export const CrossingBody = systemBody(countFields);
export type CrossingBody = Static<typeof CrossingBody>;
export const readCrossing = systemReader(CrossingBody);
