import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { isDate } from '#contracts';
import { writeBundle } from '../evidence/bundle.ts';
import { collect } from '../evidence/collect.ts';
import { Home } from '../home/home.ts';
import { givenToken } from '../home/issuers.ts';
import { dataOption, jsonOption, parseMember, parseName } from './options.ts';
import { progress } from './progress.ts';

interface Options {
  member: string;
  from: string;
  to: string;
  out?: string;
  case: string;
  sub: string;
  json?: boolean;
  data?: string;
}

const parseInstant = (value: string): string => {
  const time = isDate(value) ? `${value}T00:00:00Z` : value;
  if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(time) || Number.isNaN(Date.parse(time)))
    throw new InvalidArgumentError('A date or a time of RFC 3339, such as 2025-05-15 or 2025-05-15T12:00:00Z.');
  return new Date(time).toISOString();
};

/** What lies from one time on until before the other: never nothing, which would look like evidence of silence. */
const mustHold = ({ from, to }: Pick<Options, 'from' | 'to'>): void => {
  if (Date.parse(from) < Date.parse(to)) return;
  throw new Error(`Nothing lies between --from ${from} and --to ${to}: --to must be later than --from.`);
};

const exportBundle = async (options: Options): Promise<void> => {
  mustHold(options);
  const home = new Home(options.data);
  const { member, from, to, case: of, sub } = options;
  const token = await givenToken(home, { member, roles: ['auditor'], clearance: 'OFFICIAL', user: sub });
  const shown = progress(1, 'lines');
  const tell = (lines: number) => shown.update(lines, '', lines);
  const evidence = await collect(home.endpoints(), { member, from, to, token, case: of }, tell).finally(() =>
    shown.stop(),
  );
  const exportedAt = new Date().toISOString();
  const dir = options.out ?? join(process.cwd(), `accord-${member}-${exportedAt.slice(0, 19).replaceAll(':', '')}Z`);
  const digest = writeBundle(dir, { ...evidence, exportedAt });
  const [lines, events, consultations] = [evidence.lines, evidence.events, evidence.consultations].map(
    (of) => of.length,
  );
  const counts = { lines, events, consultations };
  if (options.json) return void process.stdout.write(`${JSON.stringify({ dir, digest, ...counts })}\n`);
  process.stdout.write(`${lines} lines of the log, ${consultations} of the log that ${member}'s own node keeps, `);
  process.stdout.write(`and ${events} events of ${member} are in ${dir}\n`);
  process.stdout.write(`Digest, to be handed over by another way: ${digest}\n`);
  process.stdout.write(`Verify it there, without Accord: node verify.mjs ${digest}\n`);
};

const exportCommand = (): Command =>
  new Command('export')
    .description("writes a member's log and its own events, as somebody verifies them who has no Accord")
    .requiredOption('--member <code>', 'whose', parseMember)
    .requiredOption('--from <time>', 'from this time on', parseInstant)
    .requiredOption('--to <time>', 'until before this time', parseInstant)
    .option('--out <dir>', 'an empty or new directory (default: accord-<member>-<time> in the current one)')
    .option('--case <name>', 'the case that it is for, as the log will name it', parseName, 'audit export')
    .option('--sub <name>', 'who exports, as the log will name them', parseName, 'cli')
    .addOption(jsonOption())
    .addOption(dataOption())
    .addHelpText(
      'after',
      `
A dir with audit.ndjson, consultations.ndjson (what was read at the member's own node), events.ndjson, the published keys,
README.md and verify.mjs, which needs Node alone. The log names users and cases: the bundle is as sensitive as the log.
Where the member's node doesn't answer, nothing is exported, and the exit is 1.

  accord audit export --member GB --from 2025-01-01 --to 2025-07-01 --out case-17`,
    )
    .action(exportBundle);

/** `accord audit …`. */
export const auditCommand = (): Command =>
  new Command('audit').description("a member's log of consultations, as evidence").addCommand(exportCommand());
