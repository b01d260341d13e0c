export {
  createMemberNode,
  type MemberNode,
  type MemberNodeConfig,
  type MemberNodeParts,
} from './create-member-node.ts';
