import { describe, expect, it } from '@jest/globals';
import { upcastAll } from './upcast.ts';

const meta = { actor: 'besnik', at: '2025-05-15T10:00:00Z' };
const stored = { id: '1', stream: 's', version: 1, position: '1.1.1', meta };

describe('upcasting', () => {
  it('leaves alone what has no upcaster, whatever its type is called', () => {
    const event = { ...stored, type: 'toString', data: { a: 1 } };
    expect(upcastAll([event], {})).toEqual([event]);
  });

  it('goes on until there is no upcaster for the type, and changes type and data alone', () => {
    const old = { ...stored, type: 'drafted.v1', data: { title: 'Boats' }, publish: '{}' };
    const upcasters = {
      'drafted.v1': ({ data }: { data: { title: string } }) => ({ type: 'drafted.v2', data: { titles: [data.title] } }),
      'drafted.v2': ({ data }: { data: { titles: string[] } }) => ({
        type: 'drafted.v3',
        data: { ...data, draft: true },
      }),
    };
    expect(upcastAll([old], upcasters)).toEqual([
      { ...old, type: 'drafted.v3', data: { titles: ['Boats'], draft: true } },
    ]);
    expect(old.type).toBe('drafted.v1');
  });

  it('says so when upcasters go round in circles', () => {
    const upcasters = { 'a.v1': () => ({ type: 'a.v2', data: {} }), 'a.v2': () => ({ type: 'a.v1', data: {} }) };
    expect(() => upcastAll([{ ...stored, type: 'a.v1', data: {} }], upcasters)).toThrow('a.v1');
  });
});
