import type { TSchema } from '@sinclair/typebox';
import type { Category, EventType, Problem, Role, Shield, SystemGiven } from '#contracts';
import type { Holding, RecordModule, Touch } from '../records/record-module.ts';
import type { SystemCommand, SystemFact, SystemState } from './state.ts';

/** Of which record something is decided, and when. */
export interface On {
  id: string;
  /** The node's member: GB. */
  member: string;
  /** RFC 3339. */
  at: string;
}

/** And whom the people in it are to be kept from, by everything that the node knows of them. */
export interface Making extends On {
  known: Shield;
  /** Their claims for protection that are known, as `Knowledge.claimsOf` names them. */
  claims: readonly string[];
}

/** Another record of this member's that has to be brought on first, under the same lock. */
export interface Also {
  system: System;
  id: string;
  /** The name of one of that system's transitions. Asked again, it must answer the same content. */
  transition: string;
  body: object;
  /** Where there is no such record. */
  missing?: Problem;
  /** Nothing stands in the way where that one can't be brought on any more. */
  optional?: boolean;
  /**
   * The name of an own transition, of the same body, that is stored before, once it is known that the other can be brought
   * on: where to look for it, should a crash come between.
   */
  noted?: string;
}

/** Something that becomes of a record, beside what becomes of every record. All of it is pure. */
export interface Transition<Content = unknown> {
  /** The last part of its path: POST /v1/<path>/:id/<name>. */
  name: string;
  /** What its fact is called: `delivered`. */
  fact: string;
  /** What leaves the country, as a whole snapshot, where the record is released. Null: nothing does. */
  event: EventType | null;
  /** The caller needs one of them; `publisher` where nothing is said. */
  roles?: readonly Role[];
  /** The caller needs all of these. */
  allRoles?: readonly Role[];
  /** Fields of the body that say when something happened: it can't lie in the future. */
  happened?: readonly string[];
  /** Has no route: only other records' transitions bring it about. */
  internal?: boolean;
  body: TSchema;
  /** For people, in OpenAPI. */
  summary: string;
  /** The content afterwards, or a Problem. The same object: nothing is appended. */
  decide(content: Content, body: unknown, on: Making): Content;
  /** Fields of the answer beside id and version. */
  answer?(content: Content, id: string): object;
  /** Decided once `decide` has agreed. */
  also?(content: Content, body: unknown, on: Making): readonly Also[];
}

/** What a system of the task force's says of itself to run on the rails. */
export interface SystemDeclaration<Content = unknown, Body = unknown> {
  /** Of its records: the prefix of streams, facts and problem codes. */
  kind: string;
  /** Where its endpoints are: /v1/<path>. */
  path: string;
  category: Category;
  /** Made by `systemBody`. */
  body: TSchema;
  /** Fields of the body that say when something happened: an instant, a day or a period. It can't lie in the future. */
  happened?: readonly string[];
  /** Fields of the body that name another member, which the task force must have. */
  members?: readonly string[];
  /** For people, in OpenAPI: what POST does. */
  summary: string;
  /** The event of its release. */
  released: EventType;
  /** What is kept of a body, or a Problem. How far it is with it, it calls its `stage`. */
  content(body: Body, on: Making): Content;
  transitions: readonly Transition<Content>[];
  /** Whether many may come at once: POST /v1/<path>:batch. None that says whom it touches. */
  batch?: boolean;
  /** What its id is derived from; undefined: it gets a new one. Where nothing is said, its externalId. */
  identity?(body: Body): readonly string[] | undefined;
  /** Global ids that a body names, and where: a record of this member must have named each of them before. */
  names?(body: Body): readonly { id: string; path: string }[];
  /**
   * The same identity with another content is a correction. Where nothing is said, it is refused. The content must then not
   * hold when it was said, or nothing would be the same again.
   */
  amends?: { fact: string; event: EventType };
  /** What of the content leaves the country; all of it where nothing is said. */
  leaves?(content: Content): object;
  /** What of the content this member's own users read; all of it where nothing is said. */
  shows?(content: Content): object;
  /** Whom it is about: they may be shielded. */
  touches?(content: Content, on: Pick<On, 'id'>): readonly Touch[];
  /** What it holds of another record, to be given back before it is recalled, expires or is erased. */
  holds?(content: Content, on: Pick<On, 'id'>): Holding | null;
  /** Its shield, of the one that is known of the people in it. */
  shieldOf?(content: Content, known: Shield): Shield;
}

/** A system on the rails. */
export interface System<Content = unknown, Body = unknown> extends SystemDeclaration<Content, Body> {
  read(body: unknown): Body & SystemGiven;
  record: RecordModule<SystemState<Content>, SystemFact<Content>, SystemCommand<Content>>;
}
