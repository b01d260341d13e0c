import type { TSchema } from '@sinclair/typebox';
import { validator, type Category, type EventType, type Role } from '#contracts';

/** Something that a member says of what may be another's, or not be there; declared by its module. */
export interface SayingDeclaration<Body = unknown> {
  /** Its name among all sayings: `acknowledge`. */
  saying: string;
  /** With `:id`, what it is about: `notices/:id/acknowledge`. Without, the body names that, and it is answered 201. */
  path: string;
  /** The caller needs one of them; `publisher` where nothing is said. */
  roles?: readonly Role[];
  category: Category;
  event: EventType;
  body: TSchema;
  content(about: string, body: Body): object;
  /** What of the body is kept beside that, and never leaves the node; nothing where nothing is said. */
  home?(body: Body): object;
  /** Names of the same person in this member's own records (`recordName`), by this word; what is known of one counts for all. */
  same?(about: string, body: Body): readonly string[];
  /** Fields of the body that say until when something is to last: an instant to come. */
  toCome?: readonly string[];
  /** Said twice of one thing, it is one word. */
  once: boolean;
  /** For people, in OpenAPI. */
  summary: string;
}

export interface Saying extends SayingDeclaration {
  roles: readonly Role[];
  read(body: unknown): object;
}

/** Puts a saying on the rails: said once and for good, told to nobody, judged by the joint views. */
export const defineSaying = <Body>(declared: SayingDeclaration<Body>): Saying => ({
  roles: ['publisher'],
  read: validator(declared.body) as (body: unknown) => object,
  ...declared,
});

/** Whether its path says what it is about. */
export const isAbout = ({ path }: Saying): boolean => path.includes('/:id');
