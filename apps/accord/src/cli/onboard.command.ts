import { createInterface } from 'node:readline/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { isDate } from '#contracts';
import { Home } from '../home/home.ts';
import { Candidate } from '../onboarding/candidate.ts';
import { checkNode, type Report } from '../onboarding/conformance.ts';
import { readMemberFile } from '../onboarding/member-file.ts';
import { previewLines, previewsFor } from '../onboarding/preview.ts';
import { mustBeCheckable, mustBeReachable } from '../onboarding/standing.ts';
import { passConformance, STEPS } from '../onboarding/steps.ts';
import { dataOption, jsonOption, parseNewcomer } from './options.ts';
import { progress } from './progress.ts';

interface Options {
  dryRun?: boolean;
  check?: boolean;
  yes?: boolean;
  backfill: string;
  memberFile?: string;
  enrolmentToken?: string;
  json?: boolean;
  data?: string;
}

const NOT_CONFORMING = 2;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const sayJson = (value: object): void => say(JSON.stringify(value));

const parseBackfill = (value: string): string => {
  if (value === 'all' || value === 'none' || isDate(value)) return value;
  throw new InvalidArgumentError('Known: all, none, or a date such as 2025-01-01.');
};

const dryRun = async (candidate: Candidate, { backfill, json }: Options): Promise<void> => {
  const [state, previews] = [await candidate.state(), await previewsFor(candidate, backfill)];
  if (json) return sayJson({ member: candidate.code, state, backfill, previews });
  say(`${candidate.code} is ${state === 'none' ? 'no member yet' : state}. Nothing is changed.`);
  for (const line of previewLines(candidate.code, backfill, previews)) say(line);
};

const reportLines = ({ member, node, checks }: Report): string[] => [
  `Conformance of ${member}'s node at ${node}`,
  ...checks.map(({ name, passed, detail }) => `${passed ? 'ok  ' : 'FAIL'} ${name}${detail ? ` - ${detail}` : ''}`),
];

const check = async (candidate: Candidate, { json }: Options): Promise<void> => {
  await mustBeCheckable(candidate);
  const report = await checkNode(candidate);
  const passed = report.checks.every((one) => one.passed);
  if (json) sayJson({ ...report, passed });
  else for (const line of reportLines(report)) say(line);
  if (!passed) return void (process.exitCode = NOT_CONFORMING);
  await passConformance(candidate, report);
};

/** Asks on a terminal; elsewhere it must have been said. */
const confirm = async (code: string, options: Options): Promise<void> => {
  if (options.yes) return;
  if (!process.stdin.isTTY) throw new Error('Nobody can be asked here: say --yes, or look first with --dry-run.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Let ${code} in, with a backfill of ${options.backfill}? [y/N] `);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new Error('Nothing was done.');
};

const onboard = async (candidate: Candidate, options: Options): Promise<void> => {
  await mustBeReachable(candidate);
  await confirm(candidate.code, options);
  const { backfill, enrolmentToken } = options;
  const done: { step: string; said: string }[] = [];
  const shown = progress(STEPS.length, 'steps');
  try {
    for (const { name, run } of STEPS) {
      shown.update(done.length, name);
      done.push({ step: name, said: await run(candidate, { backfill, ...(enrolmentToken && { enrolmentToken }) }) });
      if (!options.json && !process.stderr.isTTY) say(`${done.length}/${STEPS.length} ${name}: ${done.at(-1)!.said}`);
    }
    shown.update(STEPS.length);
  } finally {
    shown.stop();
  }
  if (options.json) return sayJson({ member: candidate.code, state: await candidate.state(), steps: done });
  if (process.stderr.isTTY) for (const { step, said } of done) say(`${step}: ${said}`);
  say(`${candidate.code} is active. It sees nothing until it is party to an agreement.`);
};

/** `accord onboard`: a country joins, by the public commands of everyone who has a word in it. */
export const onboardCommand = (): Command =>
  new Command('onboard')
    .description('makes a country a member, step by step: what is done already is not done again')
    .argument('<member>', 'its code, such as MK', parseNewcomer)
    .addOption(new Option('--dry-run', 'change nothing: say what it would see, and of whose').conflicts('check'))
    .option('--check', "only check its node's conformance, and tell the registry where it passes")
    .option('--yes', 'do not ask')
    .option(
      '--backfill <since>',
      'what each originator lets it see of what it released to the whole task force before: all, none or since a date',
      parseBackfill,
      'none',
    )
    .option('--member-file <file>', 'who it is, where nobody has proposed it: { code, name, contact, node, … }')
    .option('--enrolment-token <token>', 'where the last approval was given otherwise')
    .addOption(jsonOption())
    .addOption(dataOption())
    .addHelpText(
      'after',
      `
Steps: proposed, approved by every active member, keys registered, conformance passed, active, backfilled. Each is the word of
one member's admin (backfills: supervisor), by a token of its built-in issuer, or ACCORD_TOKEN_GB where GB has its own.
No agreement is made: that is the members' to sign.

  accord onboard MK --dry-run --backfill all
  accord onboard MK --yes --backfill 2025-01-01
  accord onboard IT --member-file it.json --yes

Exit: 0 done, 2 the node doesn't conform (--check), 1 it could not be done.`,
    )
    .action(async (code: string, options: Options) => {
      const home = new Home(options.data);
      const file = options.memberFile === undefined ? null : readMemberFile(options.memberFile);
      if (file && file.code !== code) throw new Error(`${options.memberFile} is of ${file.code}, not of ${code}.`);
      const candidate = new Candidate(home, home.endpoints(), code, file);
      if (options.dryRun) return dryRun(candidate, options);
      return options.check ? check(candidate, options) : onboard(candidate, options);
    });
