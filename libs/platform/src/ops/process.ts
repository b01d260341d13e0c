/**
 * Stops a process by SIGTERM, SIGINT or SIGHUP, or once whoever started it over IPC is gone: then nobody else could. Ends the
 * process when `stop` has; one that fails ends it with 1 and a line.
 */
export function stopWhenTold(name: string, stop: () => Promise<unknown>): void {
  let stopping = false;
  const begin = (): void => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${name}: stopping failed: ${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, begin);
  process.on('disconnect', begin);
}

/** Runs an app's main; what goes wrong is one line on stderr, and the end of the process. */
export function runMain(name: string, main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    // Not exitCode: what was opened before it went wrong would keep the process alive.
    process.exit(1);
  });
}
