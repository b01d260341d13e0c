import { Command, InvalidArgumentError, Option } from 'commander';
import { environment, parseConfig } from '#platform';
import { refuseLeftOvers } from '../distributed/left-over.ts';
import { ensureCredentials, type Credentials } from '../embedded/credentials.ts';
import { EmbeddedSettings } from '../embedded/settings.ts';
import { codesOf, readMembers, type MemberSeed } from '../embedded/task-force-seed.ts';
import { endpointsFrom, Home, type Endpoints } from '../home/home.ts';
import { projectRoot } from '../home/project-root.ts';
import { readMemberFile } from '../onboarding/member-file.ts';
import { dataOption } from './options.ts';

export interface StartOptions {
  data?: string;
  fresh?: boolean;
  seed: 'demo' | 'none';
  portBase: number;
  memberFile?: string;
}

const parsePort = (value: string): number => {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_000)
    throw new InvalidArgumentError('A port is a number from 1 to 65000.');
  return port;
};

export const SETTINGS_HELP =
  'Settings: ACCORD_LOG_LEVEL, ACCORD_WITHHOLD_AFTER_SECONDS, ACCORD_REGISTRY_MAX_AGE_SECONDS, ACCORD_DNA_THRESHOLDS, ACCORD_EXPIRY_INTERVAL_SECONDS, ACCORD_CLOCK_SKEW_SECONDS, ACCORD_REQUESTS_PER_MINUTE.';

/** What every way to start takes. */
export const withStartOptions = (command: Command): Command =>
  command
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
    .option('--member-file <file>', 'a node more: of a country that is to join (accord onboard --member-file)');

export interface Prepared {
  home: Home;
  endpoints: Endpoints;
  credentials: Credentials;
  founders: readonly MemberSeed[];
  settings: EmbeddedSettings;
}

/** What a mode keeps in the data directory, which is of no use to the other. */
const KEPT = { embedded: 'db', distributed: 'servers' } as const;

/** Makes the data directory, with the keys of everyone. Throws where it holds what was started in the other mode. */
export const prepare = async (options: StartOptions, mode: keyof typeof KEPT): Promise<Prepared> => {
  const settings = parseConfig(EmbeddedSettings, environment());
  const home = new Home(options.data);
  refuseLeftOvers(home);
  if (options.fresh) await home.clear();
  const other = mode === 'embedded' ? 'distributed' : 'embedded';
  if (home.has(KEPT[other]))
    throw new Error(`${home.dir} holds the data of the ${other} mode: name another --data, or delete it with --fresh.`);
  home.create();
  const members = readMembers(projectRoot);
  const joining = options.memberFile === undefined ? [] : [readMemberFile(options.memberFile).code];
  const codes = [...new Set([...codesOf(members), ...joining])];
  const credentials = await ensureCredentials(home, codes);
  const endpoints = endpointsFrom(options.portBase, codes);
  return { home, endpoints, credentials, founders: members.founders, settings };
};
