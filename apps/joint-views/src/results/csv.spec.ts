import { describe, expect, it } from '@jest/globals';
import { csvOf, prefersCsv } from './csv.ts';

describe('a table as CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['Durrës, port', '"Durrës, port"'],
    ['a "boat"', '"a ""boat"""'],
    ['two\nlines', '"two\nlines"'],
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+1', `'+1`],
    ['-1', `'-1`],
    ['@SUM(A1)', `'@SUM(A1)`],
    [' =1', `' =1`],
    [' x ', '" x "'],
    ['\t=1', `'\t=1`],
    ['\u200b=1', `'\u200b=1`],
    ['＝1', `'＝1`],
    ['a=1', 'a=1'],
  ])('writes %j as %j', (value, written) => {
    expect(csvOf([], [[value, 'end']])).toBe(`\r\n${written},end\r\n`);
  });

  it('has a head, and lines that end as they should', () => {
    expect(csvOf(['a', 'b'], [['1', '2']])).toBe('a,b\r\n1,2\r\n');
    expect(csvOf(['a', 'b'], [])).toBe('a,b\r\n');
  });
});

describe('what a caller wants', () => {
  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ['*/*', false],
    ['application/json', false],
    ['text/csv', true],
    ['Text/CSV; charset=utf-8', true],
    ['text/csv, application/json', true],
    ['text/csv;q=0.5, application/json', false],
    ['application/json;q=0.5, text/csv;q=0.9', true],
    ['text/csv;q=0', false],
    ['text/csv;q=x', false],
  ])('%j', (accept, csv) => {
    expect(prefersCsv(accept)).toBe(csv);
  });
});
