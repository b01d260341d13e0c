import type { Database } from '#sql';
import { at, putRecord } from './fixtures.ts';
import { insertRows } from './tables.ts';

interface WordGiven {
  id: string;
  originator: string;
  /** Seconds; see `at`. */
  second?: number;
}

const putWord = async (
  db: Database,
  { id, originator, second = 0 }: WordGiven,
  kind: string,
  row: object,
): Promise<void> => {
  await putRecord(db, { id, originator, category: 'operation', audience: [], updated: second }, kind);
  const table = { acknowledgement: 'acknowledgements', 'permission-request': 'permission_requests' }[kind];
  await insertRows(db, `views.${table ?? 'permission_answers'}`, [{ record: id, originator, at: at(second), ...row }]);
};

export const putAcknowledgement = (db: Database, given: WordGiven, notice: string): Promise<void> =>
  putWord(db, given, 'acknowledgement', { notice });

export const putRequest = (db: Database, given: WordGiven, target: string, code = 'H1'): Promise<void> =>
  putWord(db, given, 'permission-request', { target, code, scope: 'A court', reason: 'A charge' });

export type Answering = { grant: string } | { refuse: string } | 'withdraw';

/** `second` orders the answers of one member, too. */
export const putAnswer = (db: Database, given: WordGiven, request: string, answer: Answering): Promise<void> => {
  const said =
    answer === 'withdraw'
      ? { kind: 'withdrawn' }
      : 'grant' in answer
        ? { kind: 'granted', scope: 'That court', until: answer.grant }
        : { kind: 'refused', reason: answer.refuse };
  return putWord(db, given, 'permission-answer', { request, sequence: given.second ?? 0, ...said });
};
