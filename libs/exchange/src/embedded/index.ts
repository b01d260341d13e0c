export { openEmbeddedExchange, type EmbeddedExchangeOptions } from './embedded.exchange.ts';
