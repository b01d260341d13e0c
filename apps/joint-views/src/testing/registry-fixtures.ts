import type { Database } from '#sql';
import { at, BITS, uuid } from './fixtures.ts';
import { insertRows } from './tables.ts';

/** GB, AL, XK active under one agreement over everything; MK proposed, ME suspended. */
export const putRegistry = async (db: Database): Promise<void> => {
  const states = { GB: 'active', AL: 'active', XK: 'active', MK: 'proposed', ME: 'suspended' };
  await insertRows(
    db,
    'views.members',
    Object.entries(states).map(([code, state]) => ({
      code,
      bit: BITS.get(code),
      name: code,
      contact: `duty@${code.toLowerCase()}.example`,
      state,
      signing_keys: [],
    })),
  );
  await insertRows(
    db,
    'views.sources',
    ['GB', 'AL', 'XK'].map((code, i) => ({
      source: `/members/${code}`,
      sequence: 100 * (i + 1),
      hash: '',
      log_offset: 0,
    })),
  );
  await putAgreement(db, {});
};

export interface AgreementGiven {
  id?: string;
  parties?: string[];
  categories?: string[];
  purposes?: string[];
  state?: string;
}

export const putAgreement = (db: Database, given: AgreementGiven): Promise<void> =>
  insertRows(db, 'views.agreements', [
    {
      id: uuid(900),
      title: 'Joint Migration Task Force',
      parties: ['GB', 'AL', 'XK', 'ME'],
      categories: ['intelligence', 'operation'],
      purposes: ['people-smuggling', 'human-trafficking', 'document-fraud'],
      valid_from: at(0),
      valid_to: null,
      onward: false,
      state: 'in-force',
      in_force_since: at(0),
      signed_by: ['GB'],
      ...given,
    },
  ]);
