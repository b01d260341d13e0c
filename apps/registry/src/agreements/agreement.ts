import type { Category, Purpose } from '#contracts';

/** What the parties agree to. Times are RFC 3339, UTC. */
export interface Terms {
  title: string;
  parties: string[];
  categories: Category[];
  purposes: Purpose[];
  validFrom: string;
  /** The first instant at which it no longer holds; null: without end. */
  validTo: string | null;
  /** Whether a party may pass on what it got under it. */
  onward: boolean;
}

/** What an amendment may change: an agreement of other parties is another agreement. */
export type Amendable = Omit<Terms, 'parties'>;

/** Terms that are to take the place of those in force, once each party has signed them. */
export interface Amendment extends Amendable {
  /** The draft's terms are 1; each amendment that was proposed has the next, whatever became of it. */
  revision: number;
  /** In the order of signing. */
  signedBy: string[];
}

export type AgreementEvent =
  | { type: 'agreement-drafted.v1'; data: Terms & { id: string; by: string } }
  | { type: 'agreement-signed.v1'; data: { by: string } }
  /** The last signature, which puts it in force. */
  | { type: 'agreement-entered-into-force.v1'; data: { by: string; inForceSince: string } }
  | {
      type: 'agreement-amendment-proposed.v1';
      data: { by: string; revision: number; terms: Amendable; reason?: string };
    }
  | { type: 'agreement-amendment-signed.v1'; data: { by: string; revision: number } }
  /** The last signature, by which the new terms take the place of the old ones. */
  | { type: 'agreement-amended.v1'; data: { by: string; revision: number } }
  | { type: 'agreement-amendment-declined.v1'; data: { by: string; revision: number; reason?: string } }
  | { type: 'agreement-suspended.v1'; data: { by: string; reason?: string } }
  | { type: 'agreement-resumed.v1'; data: { by: string; reason?: string } }
  | { type: 'agreement-terminated.v1'; data: { by: string; reason?: string } };

interface Drafted extends Terms {
  id: string;
  /** In the order of signing. */
  signedBy: string[];
  /** Of the terms that hold, or are to be signed first. */
  revision: number;
}
interface Entered extends Drafted {
  inForceSince: string;
  /** What waits for signatures while the terms above go on. */
  amendment: Amendment | null;
  /** The revision that the next amendment has. */
  nextRevision: number;
}

export type Agreement =
  | { state: 'none' }
  | (Drafted & { state: 'draft' })
  | (Entered & { state: 'in-force' })
  | (Entered & { state: 'suspended'; suspendedBy: string })
  | (Drafted & { state: 'terminated'; inForceSince: string | null });

export type KnownAgreement = Exclude<Agreement, { state: 'none' }>;
export type AgreementState = KnownAgreement['state'];

/** What each published event tells of the agreement after it. */
export interface AgreementSnapshot extends Omit<Drafted, 'revision'> {
  state: AgreementState;
  /** When the last party signed. A suspension doesn't change it. */
  inForceSince: string | null;
  suspendedBy: string | null;
}

export const noAgreement: Agreement = { state: 'none' };

/** What an amendment may change, of whatever has it. */
export const amendable = ({ title, categories, purposes, validFrom, validTo, onward }: Amendable): Amendable => {
  return { title, categories, purposes, validFrom, validTo, onward };
};
const drafted = (it: Drafted): Drafted => ({
  id: it.id,
  parties: it.parties,
  ...amendable(it),
  signedBy: it.signedBy,
  revision: it.revision,
});
const entered = (it: Entered): Entered => ({
  ...drafted(it),
  inForceSince: it.inForceSince,
  amendment: it.amendment,
  nextRevision: it.nextRevision,
});
/** Of an agreement whose amendment the event is about. */
const amendmentOf = (it: Entered): Amendment => {
  if (it.amendment === null) throw new Error(`${it.id} has no amendment`);
  return it.amendment;
};
type InForceOrSuspended = Extract<Agreement, { amendment: Amendment | null }>;

type Evolve<T extends AgreementEvent['type']> = (
  agreement: never,
  data: Extract<AgreementEvent, { type: T }>['data'],
) => Agreement;

const evolutions: { [T in AgreementEvent['type']]: Evolve<T> } = {
  'agreement-drafted.v1': (_, data) => ({ state: 'draft', ...drafted({ ...data, signedBy: [], revision: 1 }) }),
  'agreement-signed.v1': (agreement: Drafted & { state: 'draft' }, { by }) => ({
    ...agreement,
    signedBy: [...agreement.signedBy, by],
  }),
  'agreement-entered-into-force.v1': (agreement: Drafted, { by, inForceSince }) => ({
    state: 'in-force',
    ...drafted(agreement),
    signedBy: [...agreement.signedBy, by],
    inForceSince,
    amendment: null,
    nextRevision: 2,
  }),
  'agreement-amendment-proposed.v1': (agreement: InForceOrSuspended, { revision, terms }) => ({
    ...agreement,
    amendment: { ...terms, revision, signedBy: [] },
    nextRevision: revision + 1,
  }),
  'agreement-amendment-signed.v1': (agreement: InForceOrSuspended, { by }) => {
    const amendment = amendmentOf(agreement);
    return { ...agreement, amendment: { ...amendment, signedBy: [...amendment.signedBy, by] } };
  },
  // One that is suspended stays so, with its new terms.
  'agreement-amended.v1': (agreement: InForceOrSuspended, { by }) => {
    const { revision, signedBy, ...terms } = amendmentOf(agreement);
    return { ...agreement, ...terms, revision, signedBy: [...signedBy, by], amendment: null };
  },
  'agreement-amendment-declined.v1': (agreement: InForceOrSuspended) => ({ ...agreement, amendment: null }),
  'agreement-suspended.v1': (agreement: Entered, { by }) => ({
    state: 'suspended',
    ...entered(agreement),
    suspendedBy: by,
  }),
  'agreement-resumed.v1': (agreement: Entered) => ({ state: 'in-force', ...entered(agreement) }),
  'agreement-terminated.v1': (agreement: KnownAgreement) => ({
    state: 'terminated',
    ...drafted(agreement),
    inForceSince: 'inForceSince' in agreement ? agreement.inForceSince : null,
  }),
};

/** The agreement after an event. Events come from `decide`, so each fits the state that it follows. */
export function evolveAgreement(agreement: Agreement, event: AgreementEvent): Agreement {
  return evolutions[event.type](agreement as never, event.data as never);
}

export const foldAgreement = (events: readonly AgreementEvent[]): Agreement =>
  events.reduce(evolveAgreement, noAgreement);

export function agreementSnapshot(agreement: KnownAgreement): AgreementSnapshot {
  const { id, parties, signedBy } = agreement;
  return {
    ...{ id, parties, ...amendable(agreement), signedBy },
    state: agreement.state,
    inForceSince: 'inForceSince' in agreement ? agreement.inForceSince : null,
    suspendedBy: 'suspendedBy' in agreement ? agreement.suspendedBy : null,
  };
}

/** Which terms hold, and what waits to take their place. */
export function revisionOf(agreement: KnownAgreement): { revision: number; amendment: Amendment | null } {
  return { revision: agreement.revision, amendment: 'amendment' in agreement ? agreement.amendment : null };
}
