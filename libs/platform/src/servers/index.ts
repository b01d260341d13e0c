export {
  CONFIG,
  environmentOf,
  kafkaJars,
  newClusterId,
  plainUsers,
  startKafka,
  stopKafka,
  type KafkaSetup,
} from './kafka.ts';
export {
  findBinaries,
  POSTGRES_CONFIG,
  startPostgres,
  stopPostgres,
  type LocalServer,
  type PostgresSetup,
} from './postgres.ts';
export { accepts, freePort } from './ports.ts';
export { realmSecrets, startKeycloak, stopKeycloak, type KeycloakSetup } from './keycloak.ts';
