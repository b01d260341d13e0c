import { describe, expect, it } from '@jest/globals';
import { uuid } from '../testing/fixtures.ts';
import { standing, stateOf, type DocumentAnswer } from './return-state.ts';

const answer = (n: number, kind: DocumentAnswer['kind'], day: number): DocumentAnswer => ({
  id: uuid(n),
  kind,
  at: new Date(Date.UTC(2026, 0, day)),
});

describe('what a return has come to', () => {
  const issued = answer(1, 'issued', 5);
  const refused = answer(2, 'refused', 4);

  it('is what the state that returns says, until the other has answered', () => {
    for (const stage of ['opened', 'documents-requested', 'return-scheduled', 'absconded', 'closed'] as const) {
      expect(stateOf(stage, [], false)).toBe(stage);
    }
  });

  it('is the last answer once it was asked for, whatever came first', () => {
    for (const answers of [
      [issued, refused],
      [refused, issued],
    ]) {
      expect(stateOf('documents-requested', answers, false)).toBe('document-issued');
      expect(stateOf('opened', answers, false)).toBe('opened');
      expect(stateOf('return-scheduled', answers, false)).toBe('return-scheduled');
    }
    expect(stateOf('documents-requested', [refused], false)).toBe('document-refused');
    expect(standing([answer(3, 'refused', 5), issued])?.kind).toBe('refused');
    expect(standing([])).toBeNull();
  });

  it('is a re-entry where the person had gone, and the case is not closed', () => {
    expect(stateOf('returned', [], true)).toBe('re-entry-found');
    expect(stateOf('transferred-to-hub', [issued], true)).toBe('re-entry-found');
    expect(stateOf('closed', [], true)).toBe('closed');
    expect(stateOf('absconded', [], true)).toBe('absconded');
  });
});
