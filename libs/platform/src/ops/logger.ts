import { pino, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/** One JSON line an event. Headers and bodies are never logged, so that neither tokens nor personal data get there. */
export const createLogger = (name: string, level = 'info'): Logger =>
  pino({
    name,
    level,
    base: { app: name },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['*.authorization', '*.token', '*.key'],
  });
