/**
 * Every code that a problem may carry, and what it means. Stable: callers decide by them. A code is added here before it
 * is thrown, and never changes its meaning.
 */
export const PROBLEM_CODES = {
  'invalid-request': 'The shape of the request is wrong; `errors` names each field and rule.',
  'purpose-required': 'The header Accord-Purpose is missing.',
  'purpose-unknown': 'The header Accord-Purpose names no purpose of the task force.',
  'case-required': 'The header Accord-Case is missing.',
  'cursor-invalid': 'The cursor was not given out for this list.',
  unauthenticated: 'No token, or one that is expired, foreign or forged.',
  forbidden: 'The role or the member may never use this endpoint.',
  'not-found': 'There is no such thing, or none that this caller may see.',
  'idempotency-key-reused': 'The same Idempotency-Key came with another body before.',
  'external-id-reused': 'The same externalId came with another body before.',
  'version-conflict': 'If-Match names another version than the current one.',
  'too-large': 'The body, or a line of it, is larger than allowed.',
  'unsupported-media-type': 'The content type is not the one that this endpoint takes.',
  'grading.invalid': 'The grading is none of its scheme.',
  'entity.invalid': 'An entity breaks the FollowTheMoney model or the rules of statements.',
  'report.not-submitted': 'The report is in a state that does not allow this.',
  'report.not-released': 'The report has not been released.',
  'operation.not-planned': 'The operation is in a state that does not allow this.',
  'agreement.suspended-by-another': 'Only the party that suspended an agreement resumes it.',
  'too-many-requests': 'Too many requests; wait before the next.',
  'registry-stale': 'What is known of members and agreements is too old to decide by.',
  'store-unavailable': 'Nothing was stored; asking again later may work.',
  internal: 'A fault of the service; its cause is in the log under the traceId.',
} as const satisfies Record<string, string>;
export type ProblemCode = keyof typeof PROBLEM_CODES;
