export * from './members.ts';
export * from './agreements.ts';
export { AGREEMENT_STATES, AgreementData } from './agreement-data.ts';
export { MEMBER_STATES, MemberData } from './member-data.ts';
