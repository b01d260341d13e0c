import { describe, expect, it } from '@jest/globals';
import { judge } from './judge.ts';

const append = (stream: string, expected: number | 'no-stream' | 'any', count = 1) => ({
  stream,
  expected,
  events: Array.from({ length: count }, (_, i) => ({
    id: String(i),
    type: 't.v1',
    data: {},
    meta: { actor: 'a', at: '' },
  })),
});

describe('judge', () => {
  it('lets a later append see what an earlier one did', () => {
    const { outcomes, changed } = judge([append('s', 3, 2), append('s', 3), append('s', 5)], new Map([['s', 3]]));
    expect(outcomes).toEqual([
      { ok: true, version: 5 },
      { ok: false, current: 5 },
      { ok: true, version: 6 },
    ]);
    expect([...changed]).toEqual([['s', 6]]);
  });

  it('changes nothing where nothing is appended', () => {
    expect(judge([append('s', 1), append('t', 'any', 0)], new Map())).toEqual({
      outcomes: [
        { ok: false, current: 0 },
        { ok: true, version: 0 },
      ],
      changed: new Map(),
    });
  });
});
