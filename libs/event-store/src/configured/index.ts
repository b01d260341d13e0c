export { EVENT_STORE_SETTINGS, openConfiguredEventStore, type EventStoreSettings } from './configured.ts';
