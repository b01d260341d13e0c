import { Command } from 'commander';
import { Home } from '../home/home.ts';
import { givenToken } from '../home/issuers.ts';
import { dataOption, jsonOption } from './options.ts';
import { runReplay } from './run-replay.ts';

/** `accord replay`. */
export const replayCommand = (): Command =>
  new Command('replay')
    .description(
      'rebuilds the joint views from the exchange beside the live ones, swaps, and compares every table by digest',
    )
    .option('--view <name>', 'compare this table only')
    .addOption(jsonOption())
    .addOption(dataOption())
    .addHelpText('after', '\nReaders are served throughout. Exit: 0 every table is byte-identical, 2 one differs.')
    .action(async (options: { view?: string; json?: boolean; data?: string }) => {
      const home = new Home(options.data);
      const { views } = home.endpoints();
      const token = await givenToken(home, { member: null, roles: ['operator'], clearance: 'OFFICIAL', user: 'cli' });
      const tables = await runReplay(views, token, options.view);
      const differing = tables.filter((table) => table.before !== table.after);
      if (options.json) process.stdout.write(`${JSON.stringify({ tables, differing: differing.length })}\n`);
      else {
        for (const table of tables) {
          const verdict = table.before === table.after ? 'identical' : 'DIFFERS';
          process.stdout.write(
            `${table.name.padEnd(24)}${String(table.rows).padStart(9)} rows  ${table.after.slice(0, 16)}  ${verdict}\n`,
          );
        }
        process.stdout.write(
          `${tables.length} ${tables.length === 1 ? 'table' : 'tables'}, ${differing.length} differ\n`,
        );
      }
      if (differing.length > 0) process.exitCode = 2;
    });
