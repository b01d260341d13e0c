import { statSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { Purpose } from '#contracts';
import { FORMATS, formatNamed, type Format } from '../formats/index.ts';
import { Home } from '../home/home.ts';
import { givenToken } from '../home/issuers.ts';
import { dataOption, jsonOption, parseAudience, parseMember, parsePurposes } from './options.ts';
import { importFile, type ImportJob, type Rejection } from './import-file.ts';

interface Options {
  member: string;
  format: string;
  audience?: string[] | 'TASK_FORCE';
  purposes?: Purpose[];
  kind?: string;
  rows?: 'odd' | 'even';
  json?: boolean;
  data?: string;
}

const explain = (rejection: Rejection): string =>
  `line ${rejection.line}: ${rejection.code}${rejection.errors.map((e) => `\n  ${e.path || '/'}: ${e.message}`).join('')}`;

const releaseOf = ({ audience, purposes }: Options) => {
  if ((audience === undefined) !== (purposes === undefined))
    throw new Error('--audience and --purposes go together: a release needs both.');
  return audience && purposes ? { audience, purposes } : undefined;
};

const askedOf = ({ name, kinds = [], table }: Format, { kind, rows }: Options): ImportJob['asked'] => {
  if (kind !== undefined && !kinds.includes(kind))
    throw new Error(`--kind: ${name} has ${kinds.join(', ') || 'no kinds'}.`);
  if (rows !== undefined && !table) throw new Error(`--rows: ${name} is no table.`);
  return { kind, rows };
};

/** `accord import`: streams a file to the member's own node, and says what happened to each line. */
export const importCommand = (): Command =>
  new Command('import')
    .description("publishes a file's records at a member's own node; importing it again appends nothing")
    .argument('<file>', 'the file to read')
    .requiredOption('--member <code>', 'the member that publishes', parseMember)
    .addOption(
      new Option('--format <name>', 'what the file is').choices(FORMATS.map((f) => f.name)).makeOptionMandatory(),
    )
    .option('--audience <members>', 'release to these members (GB,AL) or to TASK_FORCE', parseAudience)
    .option('--purposes <purposes>', 'for these purposes', parsePurposes)
    .option('--kind <kind>', 'what its records are, where the format has kinds')
    .addOption(new Option('--rows <which>', 'only every other row of a table').choices(['odd', 'even']))
    .addOption(jsonOption())
    .addOption(dataOption())
    .addHelpText(
      'after',
      `\nFormats:\n${FORMATS.map((f) => `  ${f.name.padEnd(16)}${f.description}`).join('\n')}\n\nExit: 0 all accepted, 2 a line was rejected (each on stderr), 1 it could not be done.`,
    )
    .action(async (file: string, options: Options) => {
      if (!statSync(file, { throwIfNoEntry: false })) throw new Error(`There is no file ${file}.`);
      if (statSync(file).isDirectory()) throw new Error(`${file} is a directory.`);
      const format = formatNamed(options.format);
      const home = new Home(options.data);
      const node = home.endpoints().nodes[options.member];
      if (!node) throw new Error(`No node of ${options.member} is known in ${home.dir}.`);
      const token = await givenToken(home, {
        member: options.member,
        roles: ['publisher', 'supervisor'],
        clearance: 'SECRET',
        user: 'import',
      });
      const result = await importFile({
        file,
        node,
        token,
        format,
        release: releaseOf(options),
        asked: askedOf(format, options),
      });
      for (const rejection of result.rejected) process.stderr.write(`${explain(rejection)}\n`);
      if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
      else process.stdout.write(`${result.accepted} accepted, ${result.rejected.length} rejected\n`);
      if (result.rejected.length > 0) process.exitCode = 2;
    });
