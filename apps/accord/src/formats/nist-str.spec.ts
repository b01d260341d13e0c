import { describe, expect, it } from '@jest/globals';
import { cellsOf } from './format.ts';
import { nistStr } from './nist-str.ts';

const columns = cellsOf('Sample,Pop,vWA_1,vWA_2,Penta_D_1,Penta_D_2');
const release = { audience: ['AL'], purposes: ['forensic-matching' as const] };
const map = (line: string, around = {}) => nistStr.map!(line, undefined, { columns, row: 1, ...around });

describe('the format nist-str', () => {
  it('makes a reference of a sample, without the population that it was taken of', () => {
    expect(map('S1,AA,17,18,2.2,"11"')).toEqual({
      body: '{"reference":"S1","kind":"reference","loci":{"vWA":["17","18"],"Penta_D":["2.2","11"]}}',
    });
  });

  it('makes a trace where that is asked for, released to whom it should be', () => {
    expect(nistStr.map!('S1,AA,17,18,,', release, { columns, row: 1, kind: 'trace' })).toEqual({
      body: '{"reference":"S1","kind":"trace","loci":{"vWA":["17","18"]},"release":{"audience":["AL"],"purposes":["forensic-matching"]}}',
    });
  });

  it('takes every other row', () => {
    expect([1, 2, 3].map((row) => map('S1,AA,17,18', { row, rows: 'even' }) !== null)).toEqual([false, true, false]);
    expect(map('S1,AA,17,18', { rows: 'odd' })).not.toBeNull();
  });

  it('refuses a row without a sample', () => {
    expect(map(',AA,17,18')).toMatchObject({ errors: [{ path: '/Sample', rule: 'required' }] });
  });
});
