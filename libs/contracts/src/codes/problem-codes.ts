/**
 * Every code that a problem may carry, and what it means. Stable: callers decide by them. A code is added here before it
 * is thrown, and never changes its meaning.
 */
export const PROBLEM_CODES = {
  // Of any endpoint.
  'invalid-request': 'The shape of the request is wrong; `errors` names each field and rule.',
  'purpose-required': 'The header Accord-Purpose is missing.',
  'purpose-unknown': 'The header Accord-Purpose names no purpose of the task force.',
  'case-required': 'The header Accord-Case is missing.',
  unauthenticated: 'No token, or one that is expired, foreign or forged.',
  forbidden: 'The role or the member may never use this endpoint.',
  'not-found': 'There is no such thing, or none that this caller may see.',
  'method-not-allowed': 'The endpoint has no such method.',
  'idempotency-key-reused': 'The same Idempotency-Key came with another body before.',
  'external-id-reused': 'The same externalId came with another body before.',
  'version-conflict': 'If-Match names another version than the current one.',
  'too-large': 'The body, or a line of it, is larger than allowed.',
  'unsupported-media-type': 'The content type is not the one that this endpoint takes.',
  'too-many-requests': 'Too many requests; wait before the next.',
  'registry-stale': 'What is known of members and agreements is too old to decide by.',
  'store-unavailable': 'Nothing was stored; asking again later may work.',
  internal: 'A fault of the service; its cause is in the log under the traceId.',

  // Content.
  'grading.invalid': 'The grading is none of its scheme.',
  'entity.invalid': 'An entity breaks the FollowTheMoney model or the rules of statements.',
  'audience.unknown-member': 'The audience names a member that the task force does not have.',

  // Reports and operations: what stands in the way is the state.
  'report.not-submitted': 'The report has not been submitted.',
  'report.submitted': 'The report has been submitted already.',
  'report.not-released': 'The report has not been released.',
  'report.released': 'The report has been released already.',
  'report.recalled': 'The report was recalled.',
  'report.expired': 'The report expired by its review date.',
  'report.erased': 'The report was erased.',

  'operation.planned': 'The operation has been planned already.',
  'operation.not-launched': 'The operation has not been launched.',
  'operation.launched': 'The operation has been launched already.',
  'operation.concluded': 'The operation has been concluded already.',
  'operation.recalled': 'The operation was recalled.',
  'operation.expired': 'The operation expired by its review date.',
  'operation.erased': 'The operation was erased.',
  'contribution.made': 'The contribution has been made already.',
  'contribution.recalled': 'The contribution was recalled.',
  'contribution.expired': 'The contribution expired by its review date.',
  'contribution.erased': 'The contribution was erased.',

  // Documents.
  'mrz.check-digit': 'A check digit of the machine-readable zone is wrong; `errors` names the field.',

  // Assistance.
  'assistance.submitted': 'The assistance has been pledged already.',
  'assistance.not-released': 'The assistance has not been released.',
  'assistance.recalled': 'The assistance was recalled.',
  'assistance.expired': 'The assistance expired by its review date.',
  'assistance.erased': 'The assistance was erased.',
  'assistance.invalid': 'Equipment is counted by quantity, money by amount and currency.',
  'assistance.not-pledged': 'The assistance has been delivered already, or is past it.',
  'assistance.not-delivered': 'The assistance has not been delivered, or is past it.',
  'assistance.retired': 'The assistance is retired.',
  'assistance.not-money': 'Only money can be drawn on.',
  'assistance.not-equipment': 'Only equipment is put in use.',
  'assistance.overdrawn': 'More would be drawn than was pledged.',
  // DNA profiles.
  'dna.submitted': 'The profile has been submitted already.',
  'dna.not-released': 'The profile has not been released.',
  'dna.recalled': 'The profile was recalled.',
  'dna.expired': 'The profile expired by its review date.',
  'dna.erased': 'The profile was erased.',
  'dna.too-few-loci': 'The profile has fewer than six loci with two designated alleles.',
  'dna.mixture': 'A locus has more than three values: the profile is a mixture.',
  'dna.core-loci-missing': 'A reference has fewer than six of the seven core loci.',
  'dna.allele-invalid': 'A value is a number that no allele of its locus can have, or a locus has but one value.',
  'dna.locus-unknown': 'A locus has a name that is not known, or is given twice.',

  // Members.
  'member.exists': 'The task force has or had a member of this code.',
  'member.no-place': 'The task force has as many members as it can.',
  'member.not-proposed': 'The member is in another state than proposed.',
  'member.not-approved': 'The member is in another state than approved.',
  'member.not-keys-registered': 'The member is in another state than that its keys are registered.',
  'member.not-conformance-passed': 'The member has not passed conformance, or is past it.',
  'member.not-active': 'The member is not active.',
  'member.not-suspended': 'The member is not suspended.',
  'member.already-approved': 'This member has approved it before.',
  'member.already-called': 'This member has called for it before.',
  'member.suspended-by-another': 'Only who suspended a member reinstates it.',
  'issuer.taken': 'Another member has this token issuer.',
  'issuer.no-keys': 'Where the issuer publishes its keys there is none that can verify tokens.',
  'key.id-taken': 'The key id was used for another key, or is revoked.',
  'key.proof-invalid': 'The proof is no signature by the key.',
  'key.revocation-invalid': 'The key does not sign at that sequence.',

  // Agreements.
  'agreement.exists': 'There is an agreement of this id.',
  'agreement.invalid': 'The terms contradict each other, or name who is no member.',
  'agreement.not-draft': 'The agreement is no draft any more.',
  'agreement.already-signed': 'This party has signed it before.',
  'agreement.not-in-force': 'The agreement is not in force.',
  'agreement.not-suspended': 'The agreement is not suspended.',
  'agreement.terminated': 'The agreement was terminated.',
  'agreement.amendment-pending': 'An amendment of the agreement waits for signatures.',
  'agreement.no-amendment': 'No amendment of this number waits for signatures.',
  'agreement.suspended-by-another': 'Only the party that suspended an agreement resumes it.',

  // Running the joint views.
  'replay.running': 'A replay is running.',
  'verification.running': 'A verification is running.',
  'resume.invalid': 'The sequence or hash is not where the source stopped.',
  'source.not-quarantined': 'The source is not quarantined.',
} as const satisfies Record<string, string>;
export type ProblemCode = keyof typeof PROBLEM_CODES;

/** The codes of one kind of thing, without its name: `CodeOf<'report'>` has `recalled` of `report.recalled`. */
export type CodeOf<Kind extends string, Code = ProblemCode> = Code extends `${Kind}.${infer Rest}` ? Rest : never;
