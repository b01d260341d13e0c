export { openKafkaExchange, type KafkaExchangeOptions } from './kafka.exchange.ts';
export type { KafkaConnection } from './client.ts';
export { aclsFor, groupRights, principalsOf, type Principals, type Right } from './acls.ts';
export { setScramUser } from './scram-users.ts';
export { applyTopics, type Applied, type TopicPlan } from './apply-topics.ts';
