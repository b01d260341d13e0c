export * from './port.ts';
export * from './idempotency.ts';
