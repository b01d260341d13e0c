import { describe, expect, it } from '@jest/globals';
import type { AccessAttributes } from '#contracts';
import { fold, settled, unfolded, widen } from './fold.ts';
import type { Change } from './record.ts';

const R = '01980000-0000-7000-8000-0000000000a1';
const ACCESS: AccessAttributes = {
  category: 'intelligence',
  purposes: ['people-smuggling', 'statistics'],
  audience: ['XK', 'AL'],
  taskforce: false,
  registrysequence: 3,
  classification: 'OFFICIAL-SENSITIVE',
  handlingcodes: ['H1'],
  releasedat: '2026-01-01T00:00:00Z',
  reviewby: '2028-05-15',
};
const said = (sequence: number) => ({
  ...{ record: R, sequence, event: `01980000-0000-7000-8000-00000000000${sequence}` },
  at: `2026-01-01T00:0${sequence}:00.000Z`,
});
const put = (sequence: number, more: object = {}): Change => ({
  ...said(sequence),
  change: 'put',
  kind: 'report',
  version: sequence,
  access: ACCESS,
  content: { shield: [], rows: { reports: [{ title: `Title ${sequence}` }] } },
  ...more,
});
const after = (...changes: Change[]) => changes.reduce(fold, unfolded('GB', null, false));

describe('folding what is said of a record', () => {
  it('takes the clear attributes, as the access rule counts them', () => {
    expect(settled(after(put(1)))).toEqual({
      record: R,
      originator: 'GB',
      kind: 'report',
      category: 'intelligence',
      purposes: 0b1000001,
      audience: ['AL', 'XK'],
      taskforce: false,
      classification: 1,
      handlingCodes: ['H1'],
      shield: [],
      notBefore: null,
      reviewBy: '2028-05-15T00:00:00.000Z',
      state: 0,
      withheld: false,
      releasedAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:01:00.000Z',
      version: 1,
      sequence: 1,
      unread: false,
      stale: false,
      contested: false,
    });
  });

  it('replaces rows, and lets others stand', () => {
    expect(after(put(1), put(2)).rows).toEqual({ reports: [{ title: 'Title 2' }] });
    expect(after(put(1), { ...said(2), change: 'add', content: { shield: [], rows: { steps: [{}] } } }).added).toEqual([
      { steps: [{}] },
    ]);
  });

  it('shows nothing of a change that carries no version', () => {
    const reshielded = after(put(1), { ...said(2), change: 'reshield', shield: ['al'] });
    expect(settled(reshielded)).toMatchObject({ shield: ['al'], updatedAt: '2026-01-01T00:01:00.000Z', version: 1 });
    const again = after(put(1), put(2, { version: 1 }));
    expect(settled(again)).toMatchObject({ updatedAt: '2026-01-01T00:01:00.000Z', version: 1, sequence: 2 });
  });

  it('shows to one more, and to nobody that anything has changed', () => {
    const extend: Change = { ...said(2), change: 'extend', audience: ['AL', 'MK', 'XK'] };
    const extended = after(put(1), extend);
    expect(settled(extended)).toMatchObject({ audience: ['AL', 'MK', 'XK'], updatedAt: '2026-01-01T00:01:00.000Z' });
    expect(settled(extended)).toMatchObject({ version: 1, sequence: 2 });
    expect(extended.withdrawals).toEqual([]);
    expect(after(extend).state).toBeNull();
  });

  it('never narrows a shield', () => {
    const content = { shield: [], rows: {} };
    const before = after(put(1), { ...said(2), change: 'reshield', shield: ['al'] }, put(3, { content }));
    expect(settled(before)?.shield).toEqual(['al']);
    expect(widen('ALL', [])).toBe('ALL');
    expect(widen(['xk'], ['al', 'xk'])).toEqual(['al', 'xk']);
  });

  it('withholds what it can not read, until it can', () => {
    expect(after(put(1, { content: null }))).toMatchObject({ rows: 'remove', state: { withheld: true } });
    expect(settled(after(put(1, { content: null }), put(2)))?.withheld).toBe(false);
    expect(settled(after(put(1), { ...said(2), change: 'reshield', shield: null }))?.withheld).toBe(true);
  });

  it('knows until it is made anew, or erased, that something could not be read', () => {
    const unread = put(1, { content: null, unread: true });
    expect(settled(after(unread, put(2)))).toMatchObject({ withheld: false, unread: true });
    expect(settled(after(put(1), { ...said(2), change: 'reshield', shield: null, unread: true }))?.unread).toBe(true);
    expect(settled(after(unread, { ...said(2), change: 'erase' }))?.unread).toBe(false);
  });

  it('withholds what is in doubt until it is put again, and no more than that', () => {
    const doubt: Change = { ...said(2), change: 'doubt' };
    expect(after(put(1), doubt)).toMatchObject({ rows: { reports: [{}] }, state: { withheld: true, version: 1 } });
    expect(settled(after(put(1), doubt, put(3)))?.withheld).toBe(false);
    expect(settled(after(put(1), doubt, { ...said(3), change: 'reshield', shield: [] }))?.withheld).toBe(true);
    expect(after(doubt).state).toBeNull();
  });

  it('withholds what an event of no use touched, for good', () => {
    const poison: Change = { ...said(2), change: 'poison', reason: 'invalid-content' };
    expect(settled(after(put(1), poison, put(3)))?.withheld).toBe(true);
    expect(after(poison)).toMatchObject({ state: null, poison: [{ sequence: 2, reason: 'invalid-content' }] });
    expect(settled(fold(unfolded('GB', null, true), put(3)))?.withheld).toBe(true);
  });

  it('leaves nothing of an erased one, and hears no more of it', () => {
    const erase: Change = { ...said(3), change: 'erase' };
    const live = after(put(1, { content: { shield: ['al'], rows: {} } }), put(2), erase, put(4));
    expect(live).toMatchObject({ rows: 'remove', added: [], erased: true, poison: [] });
    expect(settled(live)).toMatchObject({ state: 3, audience: [], shield: [], handlingCodes: [], purposes: 0 });
    const rebuilt = after(put(1, { content: null }), put(2, { content: null }), erase, put(4, { content: null }));
    expect(settled(rebuilt)).toEqual(settled(live));
    expect(rebuilt.withdrawals).toEqual(live.withdrawals);
  });

  it.each<Change>([
    { ...said(1), change: 'recall' },
    { ...said(1), change: 'expire' },
    { ...said(1), change: 'reshield', shield: ['al'] },
    { ...said(1), change: 'add', content: null },
    { ...said(1), change: 'erase' },
  ])('makes nothing of what no release came before: $change', (change) => {
    expect(after(change).state).toBeNull();
  });
});
