import { LOOPBACK_HOSTS, type Issuer, type IssuerDirectory } from '#platform';
import type { Roll } from '../aggregate/roll.ts';
import type { Identity, Keys, KnownMember, Member, MemberEvent } from './member.ts';

/** The members as they are now: who is one, who is active, and whose tokens are whose. */
export class MemberDirectory implements IssuerDirectory {
  private readonly issuers = new Map<string, Issuer>();

  constructor(
    readonly roll: Roll<Member, MemberEvent>,
    /** The task force's own issuer. */
    private readonly operator: Issuer | null,
    /** Where keys may be fetched over plain http. */
    readonly httpHosts: readonly string[] = LOOPBACK_HOSTS,
  ) {}

  /** Whether it is the task force's own: no member can have it. */
  isOperators(issuer: string): boolean {
    return issuer === this.operator?.issuer;
  }

  /** The issuer of a member whose keys are registered and that has not withdrawn. */
  find(issuer: string): Issuer | undefined {
    if (this.operator && this.isOperators(issuer)) return this.operator;
    const member = this.members().find((each) => 'issuer' in each && each.issuer === issuer);
    return member && 'issuer' in member && member.state !== 'withdrawn' ? this.issuerOf(member) : undefined;
  }

  actives(): string[] {
    return this.members().flatMap((member) => (member.state === 'active' ? [member.code] : []));
  }

  /** Those that can be party to an agreement. */
  notWithdrawn(): string[] {
    return this.members().flatMap((member) => (member.state === 'withdrawn' ? [] : [member.code]));
  }

  members(): KnownMember[] {
    return this.roll.all().flatMap(({ state }) => (state.state === 'none' ? [] : [state]));
  }

  /** The same object while nothing changed: what was verified by it is kept by it. */
  private issuerOf({ code, issuer, jwks: held, jwksUri }: Identity & Keys): Issuer {
    const jwks = held ?? undefined;
    const known = this.issuers.get(code);
    if (known?.issuer === issuer && known.jwks === jwks && known.jwksUri === jwksUri) return known;
    const found: Issuer = { issuer, member: code, jwks, jwksUri };
    this.issuers.set(code, found);
    return found;
  }
}
