import { readSeed } from '../seed/scenario.ts';

export interface MemberSeed {
  code: string;
  name: string;
  contact: string;
}

export interface MembersSeed {
  founders: MemberSeed[];
  proposed: { by: string; body: MemberSeed }[];
}

export interface AgreementsSeed {
  agreements: { ref: string; draftedBy: string; body: object; signedBy: string[] }[];
}

export const readMembers = (root: string): MembersSeed => readSeed<MembersSeed>(root, 'members.json');
export const readAgreements = (root: string): AgreementsSeed => readSeed<AgreementsSeed>(root, 'agreements.json');

/** All members that get a node, in the order of their ports. */
export const codesOf = (seed: MembersSeed): string[] => [
  ...seed.founders.map((member) => member.code),
  ...seed.proposed.map((proposal) => proposal.body.code),
];
