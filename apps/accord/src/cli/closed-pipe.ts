import type { EventEmitter } from 'node:events';

/**
 * Lets what a stream says fall to the ground once nobody reads it, as behind `| head`. The command goes on: an import or an
 * onboarding that stopped half way for want of a reader would be worse than one that nobody watched, and its exit code holds.
 */
export const outliveReaders = (...streams: EventEmitter[]): void => {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
};
