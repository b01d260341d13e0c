import type { Category, Classification, HandlingCode, Purpose } from '../codes/access.ts';

/** The extension attributes of the access rule that travel in the clear. Lists are comma-separated on the wire. */
export interface AccessAttributes {
  category: Category;
  purposes: Purpose[];
  /** Members, resolved by the originator's node at release. */
  audience: string[];
  /** Whether the audience was given as TASK_FORCE. */
  taskforce: boolean;
  /** The sequence of /registry/members that the audience was resolved from; joint views wait for it. 0: none. */
  registrysequence: number;
  classification: Classification;
  handlingcodes: HandlingCode[];
  /** RFC 3339, UTC. */
  releasedat: string;
  notbefore?: string;
  /** RFC 3339 date, YYYY-MM-DD: expired from its first instant, UTC. */
  reviewby: string;
}

/**
 * What a member (or the registry) says on the exchange before the relay has given it a place: CloudEvents 1.0,
 * structured JSON. `subject` is the record. Content is sealed in `data_base64` (a record's), or open in `data` (the
 * registry's, which holds no record).
 */
export interface Envelope {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  subject: string;
  time: string;
  dataschema: string;
  datacontenttype: string;
  /** Counts the publications of the record that its readers may know of: 1, 2, … Absent where a type has none. */
  recordversion?: number;
  access?: AccessAttributes;
  data_base64?: string;
  data?: unknown;
}

/** An envelope as it stands on the exchange. */
export interface PlacedEnvelope extends Envelope {
  /** From 1, without holes. */
  sequence: number;
  /** Hash of the event before it in its source, hex; 64 zeros before the first. */
  previous: string;
  /** Hash of this event, hex: SHA-256 of its bytes without the signature. */
  hash: string;
  /** Ed25519 over the hash, base64url, with the id of the key; only on the last event of a relay batch. */
  signature?: string;
  keyid?: string;
}
