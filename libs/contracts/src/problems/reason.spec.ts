import { describe, expect, it } from '@jest/globals';
import { failureOf, reasonOf } from './reason.ts';

const ofDatabase = Object.assign(new Error('invalid input syntax for type integer: "Arben Shembulli"'), {
  name: 'error',
  code: '22P02',
  detail: 'Arben Shembulli',
  params: ['Arben Shembulli'],
});

describe('why something failed', () => {
  it('is what an error says', () => {
    expect(reasonOf(new Error('The views answered 503'))).toBe('The views answered 503');
    expect(reasonOf(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))).toMatch(/connect/);
    expect(reasonOf('Arben Shembulli')).toBe('string');
  });

  it('quotes nothing that was being worked on', () => {
    const { error } = (() => {
      try {
        return { error: JSON.parse('Arben Shembulli') as unknown };
      } catch (error) {
        return { error };
      }
    })();
    const outer = new Error('store-unavailable', { cause: ofDatabase });
    const all = [ofDatabase, error, outer];
    expect(all.map(reasonOf)).toEqual(['error 22P02', 'SyntaxError', 'store-unavailable']);
    expect(JSON.stringify(all.map(failureOf))).not.toContain('Arben');
    expect(failureOf(outer)).toMatchObject({ cause: { reason: 'error 22P02' } });
    expect(failureOf(ofDatabase).at[0]).toMatch(/reason\.spec/);
  });
});
