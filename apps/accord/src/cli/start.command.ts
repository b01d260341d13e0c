import { Command } from 'commander';
import { stopWhenTold } from '#platform';
import { Embedded } from '../embedded/embedded.ts';
import { seed } from '../seed/seed.ts';
import { prepare, SETTINGS_HELP, withStartOptions, type StartOptions } from './start-options.ts';
import { howToGoOn } from './welcome.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `accord start`: the composition of everything in one process. */
export const startCommand = (): Command =>
  withStartOptions(new Command('start'))
    .description('starts the whole task force in one process: registry, joint views, and a node for each member')
    .addHelpText(
      'after',
      `\nData is written by the operating system, not forced to disk: it survives a killed process, not a power cut.\n${SETTINGS_HELP}`,
    )
    .action(async (options: StartOptions) => {
      const prepared = await prepare(options, 'embedded');
      const { home, endpoints } = prepared;
      say(`Accord: starting on ${home.dir} …`);
      const running = await Embedded.start(prepared);
      home.writeJson(endpoints, 'endpoints.json');
      // Started through a launcher that was killed, nobody could stop it any more.
      stopWhenTold('accord', () => running.stop());
      await seed(home, endpoints, options.seed);
      for (const line of howToGoOn(home, endpoints)) say(line);
    });
