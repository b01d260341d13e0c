import type { TSchema } from '@sinclair/typebox';
import { validator, type Category, type EventType, type Role } from '#contracts';

/** Something that a member does in what may be another's record, declared by its module. */
export interface DeedDeclaration<Body = unknown> {
  /** How the own record tells one from another: `arrests-made`. */
  deed: string;
  /** With `:id`, what it is done in: `operations/:id/arrests`. */
  path: string;
  /** The caller needs one of them; `publisher` where nothing is said. */
  roles?: readonly Role[];
  category: Category;
  /** The field of the content that names what it is done in. */
  of: string;
  event: EventType;
  body: TSchema;
  /** Fields of the body that say when something happened: it can't lie in the future. */
  happened?: readonly string[];
  /** Where the schema alone doesn't do. */
  read?(body: unknown): Body;
  /** 200 where it is an answer to what is there already; 201 where nothing is said. */
  answered?: 200 | 201;
  /** For people, in OpenAPI. Entities that the body names as `subjects` may shield it. */
  summary: string;
}

export interface Deed extends DeedDeclaration {
  roles: readonly Role[];
  answered: 200 | 201;
  read(body: unknown): object;
}

/** Puts a deed on the rails of contributions. */
export const defineDeed = <Body extends object = object>(declared: DeedDeclaration<Body>): Deed => ({
  roles: ['publisher'],
  answered: 201,
  read: validator(declared.body) as (body: unknown) => Body,
  ...declared,
});
