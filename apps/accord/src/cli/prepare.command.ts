import { Command } from 'commander';
import { environment, parseConfig } from '#platform';
import { prepareHome } from '../deployment/prepare.ts';
import { PrepareSettings } from '../deployment/settings.ts';
import { readMembers } from '../embedded/task-force-seed.ts';
import { Home } from '../home/home.ts';
import { projectRoot } from '../home/project-root.ts';
import { dataOption } from './options.ts';

const HELP = `
The registry, the joint views and each member of seeds/members.json get a folder <data>/services/<owner>: signing key,
secret, passwords, issuers, and what else the settings of its service name. Kafka gets one for its administrator and
users. Give each service its own folder alone. Nothing that exists is made anew: run it again after a member was added.

Settings:
  ISSUER_URL      https://id.example/realms/{member}: each member's own issuer. Without it the built-in ones, for trials
  JWKS_URL        where its keys are fetched, as the services reach it. {member} is the code, or task-force
  ENDPOINTS_FILE  { "registry", "views", "nodes" }: where accord status and the like find the services`;

/** `accord prepare`: the keys, secrets and passwords of a deployment whose servers somebody else starts. */
export const prepareCommand = (): Command =>
  new Command('prepare')
    .description('makes the keys, secrets and passwords that the services of a deployment are given')
    .addOption(dataOption())
    .addHelpText('after', HELP)
    .action(async (options: { data?: string }) => {
      const home = new Home(options.data);
      const owners = await prepareHome(home, readMembers(projectRoot), parseConfig(PrepareSettings, environment()));
      process.stdout.write(`${home.path('services')}: ${owners.join(', ')}\n`);
    });
