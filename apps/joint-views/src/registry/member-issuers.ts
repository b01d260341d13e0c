import { LOOPBACK_HOSTS, type Issuer, type IssuerDirectory } from '#platform';
import type { Database } from '#sql';

interface Row {
  code: string;
  issuer: string;
  jwks: { keys: object[] } | null;
  jwks_uri: string | null;
}

/** Whose tokens the joint views take: each member's registered issuer, and the task force's own for the operator. */
export class MemberIssuers implements IssuerDirectory {
  readonly #byName = new Map<string, Issuer & { written: string }>();

  constructor(
    private readonly db: Database,
    private readonly operator: Issuer,
    /** Where keys may be fetched over plain http. */
    readonly httpHosts: readonly string[] = LOOPBACK_HOSTS,
  ) {}

  find(issuer: string): Issuer | undefined {
    return issuer === this.operator.issuer ? this.operator : this.#byName.get(issuer);
  }

  /** As the registry has them by now. What did not change stays the same object. */
  async refresh(): Promise<void> {
    const rows = await this.db.query<Row>(
      'select code, issuer, jwks, jwks_uri from views.members where issuer is not null',
    );
    const names = new Set(rows.map(({ issuer }) => issuer));
    for (const name of this.#byName.keys()) if (!names.has(name)) this.#byName.delete(name);
    for (const row of rows) this.#keep(row);
  }

  #keep({ code, issuer, jwks, jwks_uri: uri }: Row): void {
    const written = JSON.stringify([code, jwks, uri]);
    if (this.#byName.get(issuer)?.written === written) return;
    this.#byName.set(issuer, { issuer, member: code, jwks: jwks ?? undefined, jwksUri: uri ?? undefined, written });
  }
}
