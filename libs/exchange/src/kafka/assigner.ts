import { createHash } from 'node:crypto';
import kafkajs, { type PartitionAssigner } from 'kafkajs';

const { MemberAssignment, MemberMetadata } = kafkajs.AssignerProtocol;
const NAME = 'AccordAssigner';
const VERSION = 0;

/**
 * Gives the one partition of a source's group to the member whose hashed id is least. Ids are random, so sources spread
 * over the instances, whatever these are called; and a source moves only when its holder leaves or a lesser one comes.
 */
export const assigner: PartitionAssigner = () => ({
  name: NAME,
  version: VERSION,
  protocol: ({ topics }) => ({
    name: NAME,
    metadata: MemberMetadata.encode({ version: VERSION, topics, userData: Buffer.alloc(0) }),
  }),
  assign: async ({ members, topics }) => {
    const ids = members.map(({ memberId }) => memberId);
    const holder = ids.reduce((least, id) => (hash(id) < hash(least) ? id : least));
    return ids.map((memberId) => ({
      memberId,
      memberAssignment: MemberAssignment.encode({
        version: VERSION,
        assignment: memberId === holder ? Object.fromEntries(topics.map((topic) => [topic, [0]])) : {},
        userData: Buffer.alloc(0),
      }),
    }));
  },
});

function hash(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
