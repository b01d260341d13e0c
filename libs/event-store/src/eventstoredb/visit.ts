/** What the client's reads and subscriptions have in common. */
interface Emitting<E> {
  on(event: 'data', listener: (given: E) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
}

/**
 * Hands over what a call of the client gives, until the visitor answers true or the call ends (or fails). It goes on to
 * take what was under way when it was cancelled: a call that nobody reads never ends, and would hold up the client's
 * own end. Its listeners stay for that, also so that a late error is heard by somebody and doesn't end the process.
 */
export function visitEach<E>(
  reading: Emitting<E>,
  cancel: () => Promise<void>,
  visit: (given: E) => boolean,
): { done: Promise<void>; end(error?: unknown): void } {
  let end: (error?: unknown) => void = () => {};
  const done = new Promise<void>((resolve, reject) => {
    let ended = false;
    end = (error) => {
      if (ended) return;
      ended = true;
      cancel().catch(() => {});
      if (error === undefined) resolve();
      else reject(error as Error);
    };
    reading.on('error', end);
    reading.on('end', () => end());
    reading.on('data', (given: E) => {
      try {
        if (!ended && visit(given)) end();
      } catch (error) {
        end(error);
      }
    });
  });
  return { done, end };
}
