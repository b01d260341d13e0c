import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { outliveReaders } from './cli/closed-pipe.ts';

/** Each is loaded when it is called for: a token should not wait for what a whole task force needs. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  start: async () => (await import('./cli/start.command.ts')).startCommand(),
  'start-distributed': async () => (await import('./cli/start-distributed.command.ts')).startDistributedCommand(),
  token: async () => (await import('./cli/token.command.ts')).tokenCommand(),
  import: async () => (await import('./cli/import.command.ts')).importCommand(),
  onboard: async () => (await import('./cli/onboard.command.ts')).onboardCommand(),
  status: async () => (await import('./cli/status.command.ts')).statusCommand(),
  replay: async () => (await import('./cli/replay.command.ts')).replayCommand(),
  verify: async () => (await import('./cli/verify.command.ts')).verifyCommand(),
  audit: async () => (await import('./cli/audit.command.ts')).auditCommand(),
  prepare: async () => (await import('./cli/prepare.command.ts')).prepareCommand(),
  databases: async () => (await import('./cli/databases.command.ts')).databasesCommand(),
  topics: async () => (await import('./cli/topics.command.ts')).topicsCommand(),
  'kafka-user': async () => (await import('./cli/kafka-user.command.ts')).kafkaUserCommand(),
};

const program = new Command('accord')
  .description('Accord: an event-sourced intelligence exchange for a multinational task force.')
  .helpCommand(false)
  .showHelpAfterError('(accord <command> --help shows what it takes)')
  .addHelpText(
    'after',
    `
Examples:
  accord start                                        the whole task force in one process, with the demo's data
  accord token --member AL --role analyst             a token for an Albanian analyst
  accord import reports.ndjson --member GB --format reports
  accord status --json

Import, onboard, status, replay, verify and audit speak HTTP to a started product. They find it, and the keys of the
built-in issuers, in the data directory (--data, or ACCORD_HOME, or .accord in the current directory). Where members have
issuers of their own, set ACCORD_TOKEN to a token of theirs (onboard: ACCORD_TOKEN_GB to one of GB's). What
prepare, databases, topics and kafka-user take: docs/operating.md.`,
  );

outliveReaders(process.stdout, process.stderr);
const named = process.argv[2] ?? '';
const wanted = Object.hasOwn(COMMANDS, named) ? [COMMANDS[named]!] : Object.values(COMMANDS);
for (const load of wanted) program.addCommand(await load());

program.exitOverride();
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    // A person reads this: one line that says what is wrong. The stack is there for who asks for it.
    console.error(`accord: ${error instanceof Error ? error.message : String(error)}`);
    if (process.env['ACCORD_DEBUG'] && error instanceof Error) console.error(error.stack);
    process.exitCode = 1;
  }
}
