import { Command } from 'commander';
import type { Classification, Role } from '#contracts';
import { Home } from '../home/home.ts';
import { issueToken } from '../home/issuers.ts';
import { dataOption, parseClearance, parseMember, parseName, parseRoles } from './options.ts';

interface Options {
  member?: string;
  role: Role[];
  clearance: Classification;
  sub: string;
  data?: string;
}

/** `accord token`: signs with the built-in issuer's key file; prints the token and nothing else. */
export const tokenCommand = (): Command =>
  new Command('token')
    .description("prints a token of a member's built-in issuer, and nothing else; valid for 12 hours")
    .option('--member <code>', 'the member that the token speaks for (not for --role operator)', parseMember)
    .requiredOption(
      '--role <roles>',
      'publisher, analyst, supervisor, auditor, admin, or several with commas; or operator',
      parseRoles,
    )
    .option('--clearance <level>', 'OFFICIAL, OFFICIAL-SENSITIVE or SECRET', parseClearance, 'OFFICIAL')
    .option('--sub <name>', 'who it is, as the log will name them', parseName, 'demo.user')
    .addOption(dataOption())
    .addHelpText(
      'after',
      `
Roles don't imply each other: an officer who submits and releases needs publisher,supervisor.

  accord token --member GB --role publisher,supervisor --clearance SECRET
  accord token --role operator`,
    )
    .action(async (options: Options) => {
      const operator = options.role.includes('operator');
      if (operator && (options.member !== undefined || options.role.length > 1)) {
        throw new Error('The operator belongs to no member and has no other role: leave --member out, or the role.');
      }
      if (!operator && options.member === undefined)
        throw new Error('--member is needed for this role, such as --member AL.');
      const token = await issueToken(new Home(options.data), {
        member: options.member ?? null,
        roles: options.role,
        clearance: options.clearance,
        user: options.sub,
      });
      process.stdout.write(`${token}\n`);
    });
