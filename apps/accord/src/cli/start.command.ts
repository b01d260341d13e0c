import { Command, InvalidArgumentError, Option } from 'commander';
import { environment, parseConfig } from '#platform';
import { ensureCredentials } from '../embedded/credentials.ts';
import { Embedded } from '../embedded/embedded.ts';
import { EmbeddedSettings } from '../embedded/settings.ts';
import { codesOf, readMembers } from '../embedded/task-force-seed.ts';
import { endpointsFrom, Home } from '../home/home.ts';
import { projectRoot } from '../home/project-root.ts';
import { seed } from '../seed/seed.ts';
import { dataOption } from './options.ts';
import { howToGoOn } from './welcome.ts';

interface Options {
  data?: string;
  fresh?: boolean;
  seed: 'demo' | 'none';
  portBase: number;
}

const parsePort = (value: string): number => {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_000)
    throw new InvalidArgumentError('A port is a number from 1 to 65000.');
  return port;
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `accord start`: the composition of everything in one process. */
export const startCommand = (): Command =>
  new Command('start')
    .description('starts the whole task force in one process: registry, joint views, and a node for each member')
    .addOption(dataOption())
    .option('--fresh', 'begin with an empty data directory: all that is in it is deleted')
    .addOption(
      new Option('--seed <what>', 'demo: members, agreements and a scenario; none: members and agreements only')
        .choices(['demo', 'none'])
        .default('demo'),
    )
    .addOption(
      new Option('--port-base <port>', 'registry here, joint views 100 above, nodes from 101 above')
        .default(4000)
        .argParser(parsePort),
    )
    .addHelpText(
      'after',
      '\nData is written by the operating system, not forced to disk: it survives a killed process, not a power cut.\nSettings: ACCORD_LOG_LEVEL, ACCORD_WITHHOLD_AFTER_SECONDS, ACCORD_REGISTRY_MAX_AGE_SECONDS, ACCORD_EXPIRY_INTERVAL_SECONDS.',
    )
    .action(async (options: Options) => {
      const settings = parseConfig(EmbeddedSettings, environment());
      const home = new Home(options.data);
      if (options.fresh) await home.clear();
      home.create();
      const members = readMembers(projectRoot);
      const codes = codesOf(members);
      const credentials = await ensureCredentials(home, codes);
      const endpoints = endpointsFrom(options.portBase, codes);
      say(`Accord: starting on ${home.dir} …`);
      const running = await Embedded.start({ home, endpoints, credentials, founders: members.founders, settings });
      home.writeJson(endpoints, 'endpoints.json');
      stopOnSignals(running);
      await seed(home, endpoints, options.seed);
      for (const line of howToGoOn(home, endpoints)) say(line);
    });

const stopOnSignals = (running: Embedded): void => {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`accord: stopping failed: ${error instanceof Error ? error.message : String(error)}`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // Started through a launcher that was killed, nobody could stop it any more.
  process.on('disconnect', stop);
};
