import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { auditCommand } from './cli/audit.command.ts';
import { databasesCommand } from './cli/databases.command.ts';
import { importCommand } from './cli/import.command.ts';
import { kafkaUserCommand } from './cli/kafka-user.command.ts';
import { onboardCommand } from './cli/onboard.command.ts';
import { prepareCommand } from './cli/prepare.command.ts';
import { replayCommand } from './cli/replay.command.ts';
import { startCommand } from './cli/start.command.ts';
import { startDistributedCommand } from './cli/start-distributed.command.ts';
import { statusCommand } from './cli/status.command.ts';
import { topicsCommand } from './cli/topics.command.ts';
import { verifyCommand } from './cli/verify.command.ts';
import { tokenCommand } from './cli/token.command.ts';

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

Import, status and replay speak HTTP to a started product. They find it, and the keys of the built-in issuers, in the
data directory (--data, or ACCORD_HOME, or .accord in the current directory). Where members have issuers of their own,
set ACCORD_TOKEN to a token of theirs. What prepare, databases, topics and kafka-user take: docs/operating.md.`,
  )
  .addCommand(startCommand())
  .addCommand(startDistributedCommand())
  .addCommand(tokenCommand())
  .addCommand(importCommand())
  .addCommand(onboardCommand())
  .addCommand(statusCommand())
  .addCommand(replayCommand())
  .addCommand(verifyCommand())
  .addCommand(auditCommand())
  .addCommand(prepareCommand())
  .addCommand(databasesCommand())
  .addCommand(topicsCommand())
  .addCommand(kafkaUserCommand());

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
