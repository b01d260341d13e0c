import type { ReturnStage } from '#contracts';

export type ReturnState = ReturnStage | 'document-issued' | 'document-refused' | 're-entry-found';

/** An answer of the state of return's, as the views keep it. */
export interface DocumentAnswer {
  id: string;
  kind: 'issued' | 'refused';
  at: Date;
}

/** Of several answers the last one stands; of two of one instant, the greater id. */
export const standing = <Answer extends DocumentAnswer>(answers: readonly Answer[]): Answer | null =>
  answers.reduce<Answer | null>((last, one) => (!last || isLater(one, last) ? one : last), null);

const isLater = (one: DocumentAnswer, other: DocumentAnswer): boolean =>
  one.at.getTime() === other.at.getTime() ? one.id > other.id : one.at > other.at;

/**
 * What a return has come to by all that was said of it, in whatever order: by the state that returns (`stage`), by the
 * state of return (`answers`, which count once they were asked for), and by encounters since.
 */
export const stateOf = (stage: ReturnStage, answers: readonly DocumentAnswer[], reEntered: boolean): ReturnState => {
  if (stage === 'documents-requested') {
    const answer = standing(answers);
    return answer ? `document-${answer.kind}` : stage;
  }
  return reEntered && (stage === 'returned' || stage === 'transferred-to-hub') ? 're-entry-found' : stage;
};
