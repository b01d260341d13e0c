import type { Category, Classification, HandlingCode, Purpose, RecordState, Role, Shield } from '#contracts';

/** One released thing. Times are milliseconds since the epoch, UTC. */
export interface AccessRecord {
  originator: string;
  category: Category;
  purposes: readonly Purpose[];
  audience: readonly string[];
  classification: Classification;
  handlingCodes: readonly HandlingCode[];
  shield: Shield;
  notBefore: number | null;
  /** Expired from this instant on. */
  reviewBy: number;
  state: RecordState;
  /** A poison event touched it, or its source is withheld. */
  withheld: boolean;
}

export interface Viewer {
  member: string;
  roles: readonly Role[];
  clearance: Classification;
  purpose: Purpose;
}

export interface Agreement {
  id: string;
  parties: readonly string[];
  categories: readonly Category[];
  purposes: readonly Purpose[];
  validFrom: number;
  /** Exclusive; null: without end. */
  validTo: number | null;
  state: 'draft' | 'in-force' | 'suspended' | 'terminated';
  /** When the last party signed; null before. */
  inForceSince: number | null;
}

export interface RegistryMember {
  code: string;
  state: string;
}

/** What the joint views have applied of the registry's two sources. */
export interface Registry {
  members: readonly RegistryMember[];
  agreements: readonly Agreement[];
}

export type DenyCode =
  | 'member-inactive'
  | 'erased'
  | 'clearance'
  | 'role'
  | 'recalled'
  | 'expired'
  | 'withheld'
  | 'embargo'
  | 'country-of-origin'
  | 'not-released'
  | 'no-legal-basis'
  | 'purpose';

export type Decision =
  | { decision: 'permit'; step: number; agreement: string | null; obligations: readonly HandlingCode[] }
  | { decision: 'deny'; step: number; code: DenyCode };
