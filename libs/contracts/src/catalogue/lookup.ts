import { Type, type TSchema } from '@sinclair/typebox';
import type { Shield } from '../codes/index.ts';
import { InvalidRequest } from '../problems/problem.ts';
import { shield, strict } from '../schemas/fields.ts';
import { validator } from '../validation/index.ts';
import type { EventDefinition } from './definition.ts';

/** The plaintext of a record's event: the shield leaves the country sealed with what it protects. */
export interface SealedContent<T = unknown> {
  shield: Shield;
  content: T;
}

/** An event's content as the newest version has it. */
export interface ReadContent extends SealedContent {
  type: string;
}

/** `urn:accord:schema:<type>`, the envelope's `dataschema`. */
export const schemaUri = (type: string): string => `urn:accord:schema:${type}`;

interface Entry {
  definition: EventDefinition;
  /** Of what is in the envelope, sealed or not. */
  payload: TSchema;
  check: (value: unknown) => unknown;
}

/** A catalogue of definitions: one for the product, others for tests of how it grows. */
export class Catalogue {
  private readonly entries = new Map<string, Entry>();

  constructor(definitions: readonly EventDefinition[]) {
    for (const definition of definitions) {
      if (this.entries.has(definition.type)) throw new Error(`${definition.type} stands in the catalogue twice`);
      const payload = payloadOf(definition);
      this.entries.set(definition.type, { definition, payload, check: validator(payload) });
    }
  }

  /** Undefined for a type that this version doesn't know. */
  find(type: string): EventDefinition | undefined {
    return this.entries.get(type)?.definition;
  }

  /**
   * Checks what an event carries (the opened plaintext, the clear data, or undefined where it carries nothing) and makes it
   * the newest version's. Throws InvalidRequest for an unknown type (`unknown-type`) or a payload against its schema.
   */
  read(type: string, payload: unknown): ReadContent {
    const { definition, check } = this.entry(type);
    const checked = check(payload ?? {});
    const { shield: by, content = {} } = (
      definition.carries === 'sealed' ? checked : { content: checked }
    ) as Partial<SealedContent>;
    return { ...this.newest(definition, content), shield: by ?? [] };
  }

  /** Every payload's JSON Schema by its URI, to publish. */
  jsonSchemas(): Record<string, object> {
    const published = [...this.entries].map(([type, { definition, payload }]) => {
      const { carries, example } = definition;
      const examples = carries === 'sealed' ? [{ shield: [], content: example }] : [example];
      const schema = {
        $schema: 'http://json-schema.org/draft-07/schema#',
        $id: schemaUri(type),
        title: type,
        ...payload,
      };
      return [schemaUri(type), { ...schema, examples }] as const;
    });
    return Object.fromEntries(published);
  }

  private newest(definition: EventDefinition, content: unknown): { type: string; content: unknown } {
    const { upcast, type } = definition;
    if (!upcast) return { type, content };
    return this.newest(this.entry(upcast.to).definition, upcast.content(content as never));
  }

  private entry(type: string): Entry {
    const entry = this.entries.get(type);
    if (entry) return entry;
    throw new InvalidRequest([{ path: '/type', rule: 'unknown-type', message: 'This type of event is not known.' }]);
  }
}

function payloadOf({ carries, schema }: EventDefinition): TSchema {
  if (carries !== 'sealed') return schema;
  const isEmpty = Object.keys(schema['properties'] as object).length === 0;
  return Type.Object({ shield, content: isEmpty ? Type.Optional(schema) : schema }, strict);
}
