import type { Loaded } from '../records/writer.ts';
import type { Contribution } from './contribution.ts';

/** A contribution as its own node shows it. */
export const contributionItem = ({ id, state, version, updatedAt }: Loaded<Contribution>): object => ({
  id,
  state: state.state,
  version,
  updatedAt,
  ...(state.state === 'none' || state.state === 'erased'
    ? {}
    : { kind: state.deed, ...state.content, ...state.handling, shield: state.shield }),
});
