import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from './index.ts';

describe('canonical JSON', () => {
  it('orders names by code unit at every level, however they came', () => {
    const value = { b: [{ z: 1, a: 'é"\\' }, null, true], 10: 'x', 9: 'y', B: {}, é: [], a: undefined };
    const text = '{"10":"x","9":"y","B":{},"b":[{"a":"é\\"\\\\","z":1},null,true],"é":[]}';
    expect(canonicalJson(value)).toBe(text);
    expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(text);
  });

  it.each([2, 31, 32, 33, 100])('orders %i names as sorting does', (count) => {
    const names = Array.from({ length: count }, (_, n) => `k${(n * 7919) % 1009}`);
    const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 1])));
    expect(Object.keys(JSON.parse(text) as object)).toEqual([...names].sort());
  });
});
