import type { Loaded } from '../records/writer.ts';
import type { System } from './declaration.ts';
import type { Out, SystemState } from './state.ts';

const released = ({ release, shield }: Out<unknown>): object => ({
  purposes: release.purposes,
  audience: release.audience.members,
  taskForce: release.audience.taskForce,
  releasedAt: release.releasedAt,
  ...(release.notBefore === null ? {} : { notBefore: release.notBefore }),
  shield,
});

/** A system's record as its own node shows it. */
export const recordItem =
  ({ shows = (content) => content as object }: Pick<System, 'shows'>) =>
  ({ id, state, version, updatedAt }: Loaded<SystemState>): object => {
    if (state.state === 'none' || state.state === 'erased') return { id, state: state.state, version, updatedAt };
    const { externalId, handlingText, content, handling } = state;
    return {
      ...shows(content),
      id,
      ...(externalId === undefined ? {} : { externalId }),
      state: state.state,
      version,
      updatedAt,
      ...handling,
      ...(handlingText === undefined ? {} : { handlingText }),
      ...(state.state === 'submitted' ? {} : released(state)),
    };
  };
