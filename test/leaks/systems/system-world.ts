import type { AccessRecord } from '#access-policy';
import type { Database } from '#sql';
import type { Random } from '../../access/random.ts';

export type Access = AccessRecord & { id: string };

/** A record of a system in a generated world. */
export interface SystemItem {
  access: Access;
  /** Puts it into the views' tables, its own row in `records` too. */
  put(db: Database): Promise<void>;
  /** Of what others add to: who has a part in it beside its originator. */
  participants?: readonly string[];
  /** Of what a member adds to another's record: that record. */
  whole?: string;
}

/** What a world draws its records from. */
export interface Drawing {
  random: Random;
  /** The nth id of this system's own: n below 100. */
  id(n: number): string;
  /** An originator, an audience, a shield, a state: whatever may hide a record of this category. */
  access(id: string, category: AccessRecord['category']): Access;
}

/** What a module brings to the comparisons of answers with and without what is hidden. */
export interface SystemWorld {
  /** Of its records, as `records` says it. */
  kind: string;
  draw(drawing: Drawing): SystemItem[];
  /** What an analyst may ask of these ids, below /v1/; also of one that isn't there. */
  paths(ids: readonly string[]): string[];
  /** What it may ask with a body, below /v1/: path and body. */
  questions?: readonly (readonly [path: string, body: object])[];
  /** The routes that a long run must come to, with the statuses: `assistance/:id 404`; of questions `POST document-checks 200`. */
  routes: readonly string[];
}
