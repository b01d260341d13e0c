import { Command } from 'commander';
import { environment, parseConfig, secretOf } from '#platform';
import { openPostgres } from '#sql';
import { ownersPasswords } from '../deployment/owners.ts';
import { DatabasesSettings } from '../deployment/settings.ts';
import { databaseOf, ensureDatabases } from '../distributed/databases.ts';
import { codesOf, readMembers } from '../embedded/task-force-seed.ts';
import { Home } from '../home/home.ts';
import { projectRoot } from '../home/project-root.ts';
import { dataOption } from './options.ts';

const HELP = `
Each owner gets a database, and a login role of the same name that owns it and is no superuser: accord_registry,
accord_joint_views, accord_gb, … Passwords are those that accord prepare made. Run it again after a member was added.

Settings:
  DATABASE_URL                postgres://superuser@host:5432/postgres
  DATABASE_PASSWORD           or DATABASE_PASSWORD_FILE
  KEYCLOAK_DATABASE_PASSWORD  where it is set, accord_keycloak is made too`;

const urlOf = (settings: DatabasesSettings): string => {
  const url = new URL(settings.DATABASE_URL);
  const { DATABASE_PASSWORD, DATABASE_PASSWORD_FILE } = settings;
  const password = secretOf('DATABASE_PASSWORD', DATABASE_PASSWORD, DATABASE_PASSWORD_FILE);
  if (password !== undefined) url.password = encodeURIComponent(password);
  return url.href;
};

/** `accord databases`: what the superuser does once for the services, and for a new member. */
export const databasesCommand = (): Command =>
  new Command('databases')
    .description('makes the database and the role of each service on PostgreSQL')
    .addOption(dataOption())
    .addHelpText('after', HELP)
    .action(async (options: { data?: string }) => {
      const settings = parseConfig(DatabasesSettings, environment());
      const { postgres } = ownersPasswords(new Home(options.data), codesOf(readMembers(projectRoot)));
      const keycloak = settings.KEYCLOAK_DATABASE_PASSWORD;
      const passwords = keycloak === undefined ? postgres : { ...postgres, keycloak };
      const server = await openPostgres({ url: urlOf(settings), max: 1 });
      await ensureDatabases(server, passwords, 'joint-views').finally(() => server.close());
      process.stdout.write(`${Object.keys(passwords).map(databaseOf).join(', ')}\n`);
    });
