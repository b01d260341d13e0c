export { openKafkaExchange, type KafkaExchangeOptions } from './kafka.exchange.ts';
export type { KafkaConnection } from './client.ts';
