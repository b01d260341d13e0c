import type { Database } from '#sql';
import { at, own, putRecord, type RecordGiven } from './fixtures.ts';
import { insertRows } from './tables.ts';

export interface OperationGiven extends RecordGiven {
  name?: string;
  participants?: string[];
  targets?: string[];
  launched?: boolean;
  concluded?: boolean;
}

export const putOperation = async (db: Database, given: OperationGiven): Promise<void> => {
  const { name = 'Operation', participants = ['AL'], targets = [], launched, concluded, ...rest } = given;
  const recordGiven: RecordGiven = { category: 'operation', ...rest };
  await putRecord(db, recordGiven, 'operation');
  const { record, access, times } = own(recordGiven);
  await insertRows(db, 'views.operations', [
    {
      ...access,
      ...times,
      name,
      area: 'Durrës',
      window_from: at(0),
      window_to: at(86_400),
      participants,
      targets,
      purpose_codes: record.purposes,
      handling_codes: record.handlingCodes,
      launched_at: launched ? at(10) : null,
      concluded_at: concluded ? at(20) : null,
    },
  ]);
};

export const putApproval = async (
  db: Database,
  id: string,
  originator: string,
  target: string,
  second = 0,
): Promise<void> => {
  await putRecord(db, { id, originator, category: 'operation', audience: [], updated: second }, 'claim');
  await insertRows(db, 'views.claims', [{ record: id, originator, kind: 'approval', target, at: at(second) }]);
};

export interface ContributionGiven extends RecordGiven {
  operation: string;
  kind: 'arrests' | 'seizure' | 'rescues';
  count?: number;
  quantity?: number;
  unit?: string;
  seizureKind?: string;
  /** When it was done; by default at the beginning of the tests' times. */
  done?: string;
}

export const putContribution = async (db: Database, given: ContributionGiven): Promise<void> => {
  const { operation, kind, count, quantity, unit, seizureKind, done = at(0), ...rest } = given;
  const recordGiven: RecordGiven = { category: 'operation', ...rest };
  await putRecord(db, recordGiven, 'contribution');
  const { access } = own(recordGiven);
  await insertRows(db, 'views.contributions', [
    {
      ...access,
      operation,
      kind,
      count,
      quantity,
      unit,
      seizure_kind: seizureKind,
      own_shield: 0,
      own_shield_codes: [],
      own_state: access.state,
      own_withheld: false,
      at: done,
      place: 'Durrës',
    },
  ]);
};
