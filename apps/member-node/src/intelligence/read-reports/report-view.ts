import type { Loaded } from '../../records/writer.ts';
import type { OwnStatement, Report, TearLine } from '../report.ts';

type Held = Exclude<Report, { state: 'none' } | { state: 'erased' }>;

const heldItem = ({ content, handling, ...report }: Held): object => ({
  ...(content.externalId === undefined ? {} : { externalId: content.externalId }),
  title: content.title,
  ...handling,
  grading: content.grading,
  ...(report.state === 'submitted' ? {} : { releasedAt: report.release.releasedAt }),
});

/** A report as its own member's lists show it. Of an erased one nothing is left to show. */
export const reportItem = ({ id, state, version, updatedAt }: Loaded<Report>): object => ({
  id,
  state: state.state,
  version,
  updatedAt,
  ...(state.state === 'none' || state.state === 'erased' ? {} : heldItem(state)),
});

const audienceOf = ({ release }: Pick<TearLine, 'release'>): object => ({
  audience: release.audience.members,
  taskForce: release.audience.taskForce,
  purposes: release.purposes,
  ...(release.notBefore === null ? {} : { notBefore: release.notBefore }),
});

const tearLineOf = (tearLine: TearLine | null): object =>
  tearLine === null
    ? {}
    : { tearLine: { id: tearLine.id, ...tearLine.content, ...audienceOf(tearLine), shield: tearLine.shield } };

const entitiesOf = (entities: readonly OwnStatement[] | undefined) => entities ?? [];

/** The whole report, for its own member's eyes: with claims for protection, and with whom it is kept from. */
export const reportDetail = (loaded: Loaded<Report>): object => {
  const { state } = loaded;
  if (state.state === 'none' || state.state === 'erased') return reportItem(loaded);
  const { content } = state;
  return {
    ...reportItem(loaded),
    legalBasis: content.legalBasis,
    ...(content.handlingText === undefined ? {} : { handlingText: content.handlingText }),
    entities: entitiesOf(content.entities),
    ...(state.state === 'submitted'
      ? {}
      : { ...audienceOf(state), shield: state.shield, ...tearLineOf(state.tearLine) }),
  };
};
