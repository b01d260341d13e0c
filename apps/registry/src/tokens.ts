/** Injection tokens of what has no class of its own. */
export const MEMBER_STORE = Symbol('MemberStore');
export const MEMBER_AGGREGATES = Symbol('MemberAggregates');
export const AGREEMENT_AGGREGATES = Symbol('AgreementAggregates');
export const AGREEMENT_ROLL = Symbol('AgreementRoll');
export const RELAYS = Symbol('Relays');
