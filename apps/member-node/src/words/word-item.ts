import type { Loaded } from '../records/writer.ts';
import type { Word } from './word.ts';

/** A word as its own node shows it: what was said, of what, and when. */
export const wordItem = ({ id, state, version, updatedAt }: Loaded<Word>): object => ({
  id,
  state: state.state,
  version,
  updatedAt,
  ...(state.state === 'given' && { kind: state.event.split('.')[2], ...state.content }),
});
