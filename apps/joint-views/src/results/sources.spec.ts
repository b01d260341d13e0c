import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv8, type Purpose } from '#contracts';
import type { Database } from '#sql';
import { startReadSide, type Caller } from '../testing/caller.ts';
import { putHitWord, putProfile } from '../testing/dna-fixtures.ts';
import { putAlert } from '../testing/document-fixtures.ts';
import { at, uuid } from '../testing/fixtures.ts';
import { putAgreement, putRegistry } from '../testing/registry-fixtures.ts';
import { putReturn } from '../testing/return-fixtures.ts';
import { openTables } from '../testing/tables.ts';

describe('what the systems count as results', () => {
  let db: Database;
  let caller: Caller;

  beforeAll(async () => {
    db = await openTables();
    await putRegistry(db);
    const purposes = ['returns', 'document-fraud', 'forensic-matching'];
    await putAgreement(db, { id: uuid(901), categories: ['return', 'document', 'dna'], purposes });
    caller = await startReadSide(db);
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const sums = async (member: string, purpose: Purpose) =>
    (await caller.get('/v1/results', { member, purpose })).json.items.map(
      (line: { member: string; quarter: string; returns: number; documentsStopped: number; hitsConfirmed: number }) => [
        ...[line.member, line.quarter, line.returns, line.documentsStopped, line.hitsConfirmed],
      ],
    );

  it('returns, once they are completed', async () => {
    await putReturn(db, { id: uuid(1), told: { stage: 'returned', returnedAt: at(0) } });
    await putReturn(db, { id: uuid(2), told: { stage: 'closed', returnedAt: at(0) } });
    await putReturn(db, { id: uuid(3), told: { stage: 'documents-requested', requestedAt: at(0) } });
    await putReturn(db, { id: uuid(4), audience: ['XK'], told: { stage: 'returned', returnedAt: at(0) } });
    expect(await sums('AL', 'returns')).toEqual([['GB', '2026-Q1', 2, 0, 0]]);
    expect(await sums('XK', 'returns')).toEqual([['GB', '2026-Q1', 3, 0, 0]]);
  });

  it('documents that are in the register', async () => {
    await putAlert(db, { id: uuid(11) });
    await putAlert(db, { id: uuid(12), content: { status: 'forged' } });
    await putAlert(db, { id: uuid(13), content: { stage: 'withdrawn' } });
    await putAlert(db, { id: uuid(14), shield: ['al'] });
    await putAlert(db, { id: uuid(15), state: 'recalled' });
    expect(await sums('AL', 'document-fraud')).toEqual([['GB', '2026-Q1', 0, 2, 0]]);
    expect(await sums('XK', 'document-fraud')).toEqual([['GB', '2026-Q1', 0, 3, 0]]);
  });

  it('hits that were confirmed, to the two members of each', async () => {
    await putProfile(db, { id: uuid(21), reference: 'AL-9', kind: 'reference', originator: 'AL', updated: 10 });
    await putProfile(db, { id: uuid(22), reference: 'GB-1', kind: 'trace', originator: 'GB', updated: 20 });
    const hit = uuidv8('dna-hit', uuid(21), uuid(22));
    await putHitWord(db, { id: uuid(31), originator: 'GB', second: 100 }, hit, 'confirmed');
    // Not its to say.
    await putHitWord(db, { id: uuid(32), originator: 'AL', second: 101 }, hit, 'dismissed');
    for (const member of ['GB', 'AL']) {
      expect(await sums(member, 'forensic-matching')).toContainEqual(expect.arrayContaining(['GB', '2026-Q1', 1]));
    }
    expect(JSON.stringify(await sums('XK', 'forensic-matching'))).not.toContain(',1]');
    await putHitWord(db, { id: uuid(33), originator: 'GB', second: 102 }, hit, 'dismissed');
    expect(await sums('AL', 'forensic-matching')).toEqual([]);
  });
});
