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

export type AgreementEvent =
  | { type: 'agreement-drafted.v1'; data: Terms & { id: string; by: string } }
  | { type: 'agreement-signed.v1'; data: { by: string } }
  /** The last signature, which puts it in force. */
  | { type: 'agreement-entered-into-force.v1'; data: { by: string; inForceSince: string } }
  | { type: 'agreement-suspended.v1'; data: { by: string; reason?: string } }
  | { type: 'agreement-resumed.v1'; data: { by: string; reason?: string } }
  | { type: 'agreement-terminated.v1'; data: { by: string; reason?: string } };

interface Drafted extends Terms {
  id: string;
  /** In the order of signing. */
  signedBy: string[];
}
interface Entered extends Drafted {
  inForceSince: string;
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
export interface AgreementSnapshot extends Drafted {
  state: AgreementState;
  /** When the last party signed. A suspension doesn't change it. */
  inForceSince: string | null;
  suspendedBy: string | null;
}

export const noAgreement: Agreement = { state: 'none' };

const drafted = (it: Drafted): Drafted => ({
  id: it.id,
  title: it.title,
  parties: it.parties,
  categories: it.categories,
  purposes: it.purposes,
  validFrom: it.validFrom,
  validTo: it.validTo,
  onward: it.onward,
  signedBy: it.signedBy,
});
const entered = (it: Entered): Entered => ({ ...drafted(it), inForceSince: it.inForceSince });

type Evolve<T extends AgreementEvent['type']> = (
  agreement: never,
  data: Extract<AgreementEvent, { type: T }>['data'],
) => Agreement;

const evolutions: { [T in AgreementEvent['type']]: Evolve<T> } = {
  'agreement-drafted.v1': (_, data) => ({ state: 'draft', ...drafted({ ...data, signedBy: [] }) }),
  'agreement-signed.v1': (agreement: Drafted & { state: 'draft' }, { by }) => ({
    ...agreement,
    signedBy: [...agreement.signedBy, by],
  }),
  'agreement-entered-into-force.v1': (agreement: Drafted, { by, inForceSince }) => ({
    state: 'in-force',
    ...drafted(agreement),
    signedBy: [...agreement.signedBy, by],
    inForceSince,
  }),
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
  return {
    ...drafted(agreement),
    state: agreement.state,
    inForceSince: 'inForceSince' in agreement ? agreement.inForceSince : null,
    suspendedBy: 'suspendedBy' in agreement ? agreement.suspendedBy : null,
  };
}
