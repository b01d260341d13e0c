export {
  EXCHANGE_SETTINGS,
  kafkaConnectionOf,
  KAFKA_SETTINGS,
  openConfiguredExchange,
  type ExchangeSettings,
  type KafkaSettings,
} from './configured.ts';
