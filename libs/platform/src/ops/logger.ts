import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/** One JSON line an event, to stdout unless given another place. Headers and bodies are never logged, so that neither tokens nor personal data get there. */
export const createLogger = (name: string, level = 'info', to?: DestinationStream): Logger => {
  const options = {
    name,
    level,
    base: { app: name },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['*.authorization', '*.token', '*.key'],
  };
  return to === undefined ? pino(options) : pino(options, to);
};
