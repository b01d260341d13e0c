/** The public half of an Ed25519 or RSA/EC key, as a JWK. */
export type PublicJwk = Record<string, unknown> & { kty: string };
export interface Jwks {
  keys: PublicJwk[];
}

/** A key that signs the member's events: from a sequence of its source on (inclusive), until another (exclusive). */
export interface SigningKey {
  kid: string;
  jwk: PublicJwk;
  from: number;
  until: number | null;
}

export interface Identity {
  code: string;
  /** Its place in stored masks, 0 to 62: never reused, never changed. */
  bit: number;
  name: string;
  contact: string;
}

export interface Keys {
  /** The `iss` of its tokens: no other member's. */
  issuer: string;
  /** The issuer's keys; null where it is known where it publishes them. */
  jwks: Jwks | null;
  jwksUri?: string | undefined;
  signingKeys: SigningKey[];
}

/** From where a withdrawn member's key shall not count any more, and who has called for that so far. */
export interface RevocationCall {
  kid: string;
  from: number;
  by: string[];
}

interface By {
  /** The member whose admin did it; null for what the task force was founded with. */
  by: string | null;
}
interface Reason {
  reason?: string;
}

export type MemberEvent =
  | { type: 'member-founded.v1'; data: By & Identity & Keys }
  | { type: 'member-proposed.v1'; data: By & Identity }
  /** One of several active members; the last one's is `member-approved`. */
  | { type: 'member-approval-given.v1'; data: By }
  | { type: 'member-approved.v1'; data: By }
  | { type: 'member-keys-registered.v1'; data: By & Keys }
  | { type: 'member-key-revoked.v1'; data: By & Reason & { kid: string; from: number } }
  /** Of a withdrawn member's key: one of several active members; the last one's is `member-key-revoked`. */
  | { type: 'member-key-revocation-called.v1'; data: By & Reason & { kid: string; from: number } }
  | { type: 'member-conformance-passed.v1'; data: By & { run: string } }
  | { type: 'member-activated.v1'; data: By }
  | { type: 'member-suspension-called.v1'; data: By & Reason }
  | { type: 'member-suspended.v1'; data: By & Reason & { suspendedBy: string[] } }
  | { type: 'member-reinstatement-called.v1'; data: By & Reason }
  | { type: 'member-reinstated.v1'; data: By & Reason }
  | { type: 'member-withdrawn.v1'; data: By & Reason };

/** `votes`: who has called for the next transition so far. `approvedBy`: who was the last to. */
export type Member =
  | { state: 'none' }
  | (Identity & { state: 'proposed'; votes: string[] })
  | (Identity & { state: 'approved'; approvedBy: string | null })
  | (Identity & Keys & { state: 'keys-registered' })
  | (Identity & Keys & { state: 'conformance-passed' })
  | (Identity & Keys & { state: 'active'; votes: string[] })
  | (Identity & Keys & { state: 'suspended'; suspendedBy: string[]; votes: string[] })
  | (Identity & Keys & { state: 'withdrawn'; revocationCalls: RevocationCall[] });

export type KnownMember = Exclude<Member, { state: 'none' }>;
export type MemberState = KnownMember['state'];

/** What each published event tells of the member after it. */
export interface MemberSnapshot extends Identity {
  state: MemberState;
  issuer: string | null;
  jwks: Jwks | null;
  jwksUri?: string | undefined;
  signingKeys: SigningKey[];
}

export const noMember: Member = { state: 'none' };

const identity = ({ code, bit, name, contact }: Identity): Identity => ({ code, bit, name, contact });
const keys = ({ issuer, jwks, jwksUri, signingKeys }: Keys): Keys => ({ issuer, jwks, jwksUri, signingKeys });
/** The same call, by one more. */
function called(calls: readonly RevocationCall[], { kid, from, by }: By & { kid: string; from: number }) {
  const same = calls.find((call) => call.kid === kid && call.from === from);
  return [...calls.filter((call) => call !== same), { kid, from, by: vote(same?.by ?? [], by) }];
}
const vote = (votes: readonly string[], by: string | null) => (by === null ? [...votes] : [...votes, by]);

type Evolve<T extends MemberEvent['type']> = (member: never, data: Extract<MemberEvent, { type: T }>['data']) => Member;

const evolutions: { [T in MemberEvent['type']]: Evolve<T> } = {
  'member-founded.v1': (_, data) => ({ state: 'active', ...identity(data), ...keys(data), votes: [] }),
  'member-proposed.v1': (_, data) => ({ state: 'proposed', ...identity(data), votes: [] }),
  'member-approval-given.v1': (member: Identity & { state: 'proposed'; votes: string[] }, data) => ({
    ...member,
    votes: vote(member.votes, data.by),
  }),
  'member-approved.v1': (member: Identity, { by }) => ({ state: 'approved', ...identity(member), approvedBy: by }),
  // Registering again, as a rotation, leaves the state as it is.
  'member-keys-registered.v1': (member: KnownMember, data) =>
    'issuer' in member
      ? { ...member, ...keys(data) }
      : { state: 'keys-registered', ...identity(member), ...keys(data) },
  'member-key-revoked.v1': (member: Exclude<KnownMember, { state: 'proposed' | 'approved' }>, data) => ({
    ...member,
    signingKeys: member.signingKeys.map((key) => (key.kid === data.kid ? { ...key, until: data.from } : key)),
    // Calls for an earlier sequence still wait.
    ...(member.state === 'withdrawn' && {
      revocationCalls: member.revocationCalls.filter(({ kid, from }) => kid !== data.kid || from < data.from),
    }),
  }),
  'member-key-revocation-called.v1': (member: Extract<KnownMember, { state: 'withdrawn' }>, data) => ({
    ...member,
    revocationCalls: called(member.revocationCalls, data),
  }),
  'member-conformance-passed.v1': (member: Identity & Keys) => ({
    state: 'conformance-passed',
    ...identity(member),
    ...keys(member),
  }),
  'member-activated.v1': (member: Identity & Keys) => ({
    state: 'active',
    ...identity(member),
    ...keys(member),
    votes: [],
  }),
  'member-suspension-called.v1': (member: Identity & Keys & { state: 'active'; votes: string[] }, data) => ({
    ...member,
    votes: vote(member.votes, data.by),
  }),
  'member-suspended.v1': (member: Identity & Keys, data) => ({
    state: 'suspended',
    ...identity(member),
    ...keys(member),
    suspendedBy: data.suspendedBy,
    votes: [],
  }),
  'member-reinstatement-called.v1': (
    member: Identity & Keys & { state: 'suspended'; suspendedBy: string[]; votes: string[] },
    data,
  ) => ({ ...member, votes: vote(member.votes, data.by) }),
  'member-reinstated.v1': (member: Identity & Keys) => ({
    state: 'active',
    ...identity(member),
    ...keys(member),
    votes: [],
  }),
  'member-withdrawn.v1': (member: Identity & Keys) => ({
    state: 'withdrawn',
    ...identity(member),
    ...keys(member),
    revocationCalls: [],
  }),
};

/** The member after an event. Events come from `decide`, so each fits the state that it follows. */
export function evolveMember(member: Member, event: MemberEvent): Member {
  return evolutions[event.type](member as never, event.data as never);
}

export const foldMember = (events: readonly MemberEvent[]): Member => events.reduce(evolveMember, noMember);

export function memberSnapshot(member: KnownMember): MemberSnapshot {
  const known = 'issuer' in member ? keys(member) : { issuer: null, jwks: null, signingKeys: [] };
  return { ...identity(member), state: member.state, ...known };
}
