import type { AccessRecord, Agreement, Registry } from '#access-policy';
import { CLASSIFICATIONS, PURPOSES, RECORD_STATES, type Category, type HandlingCode } from '#contracts';
import type { Sql } from '#sql';

interface RecordRow {
  originator: string;
  category: Category;
  purposes: number;
  audience_codes: string[];
  classification: number;
  handling_codes: HandlingCode[];
  shield_codes: string[];
  not_before: Date | null;
  review_by: Date;
  state: number;
  withheld: boolean;
}

/** A record of this originator, while that is an active member, as the access rule takes it. */
export const findOwnRecord = async (sql: Sql, id: string, originator: string): Promise<AccessRecord | undefined> => {
  const [row] = await sql.query<RecordRow>(
    `select r.originator, r.category, r.purposes, r.audience_codes, r.classification, r.handling_codes, r.shield_codes,
       r.not_before, r.review_by, r.state, r.withheld
     from views.records r join views.members m on m.code = r.originator and m.state = 'active'
     where r.record = $1::uuid and r.originator = $2`,
    [id, originator],
  );
  return row && recordOf(row);
};

const recordOf = (row: RecordRow): AccessRecord => ({
  originator: row.originator,
  category: row.category,
  purposes: PURPOSES.filter((_, bit) => (row.purposes >> bit) & 1),
  audience: row.audience_codes,
  classification: CLASSIFICATIONS[row.classification]!,
  handlingCodes: row.handling_codes,
  shield: row.shield_codes.includes('ALL') ? 'ALL' : row.shield_codes,
  notBefore: row.not_before?.getTime() ?? null,
  reviewBy: row.review_by.getTime(),
  state: RECORD_STATES[row.state]!,
  withheld: row.withheld,
});

interface AgreementRow {
  id: string;
  parties: string[];
  categories: Agreement['categories'];
  purposes: Agreement['purposes'];
  valid_from: Date;
  valid_to: Date | null;
  state: Agreement['state'];
  in_force_since: Date | null;
}

/** The members, and the agreements that these two are both party to: of no others may the originator hear. */
export const registryFor = async (sql: Sql, originator: string, member: string): Promise<Registry> => {
  const members = await sql.query<{ code: string; state: string }>('select code, state from views.members');
  const agreements = await sql.query<AgreementRow>(
    `select id, parties, categories, purposes, valid_from, valid_to, state, in_force_since
     from views.agreements where parties @> array[$1, $2]::text[]`,
    [originator, member],
  );
  return { members, agreements: agreements.map(agreementOf) };
};

const agreementOf = ({ valid_from, valid_to, in_force_since, ...row }: AgreementRow): Agreement => ({
  ...row,
  validFrom: valid_from.getTime(),
  validTo: valid_to?.getTime() ?? null,
  inForceSince: in_force_since?.getTime() ?? null,
});
