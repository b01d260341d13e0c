import type { Static, TSchema } from '@sinclair/typebox';

/**
 * What an event carries: `sealed` content under its record's key, beside its shield; `clear` data, which holds nothing
 * of a record; or `nothing` but its envelope.
 */
export type Carries = 'sealed' | 'clear' | 'nothing';

/** One integration event: what every reader of the exchange may rely on, for ever. */
export interface EventDefinition<Type extends string = string, Schema extends TSchema = TSchema> {
  /** With its version, which changes when `schema` does. */
  type: Type;
  carries: Carries;
  /** Of the content, or of the data. */
  schema: Schema;
  /** A literal one: published, and tested against the schema. */
  example: Static<Schema>;
  /** On an older version: the next version's type, and its content made of this one's. */
  upcast?: { to: string; content: (content: never) => unknown };
}

/** Keeps a definition's literal type. */
export function defineEvent<const Type extends string, Schema extends TSchema>(
  definition: EventDefinition<Type, Schema>,
): EventDefinition<Type, Schema> {
  return definition;
}
