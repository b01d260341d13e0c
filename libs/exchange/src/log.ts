/** Where the exchange's workers tell what went wrong. Pino's logger fits. Messages hold no content. */
export interface WorkerLog {
  warn(message: string): void;
  error(message: string): void;
}

export const SILENT: WorkerLog = { warn: () => {}, error: () => {} };

export { reasonOf } from '#contracts';
