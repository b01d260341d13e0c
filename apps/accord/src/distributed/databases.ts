import { quoteIdent, type Database } from '#sql';

/** Who owns a database: `accord_registry`, `accord_joint_views`, `accord_gb`. */
export const databaseOf = (name: string): string => `accord_${name.toLowerCase().replaceAll('-', '_')}`;

/** What joint views become to read; made here, because who owns their tables may make no roles. */
const READER = 'accord_reader';

/**
 * A database and a login role of the same name for each owner: no superuser, and a stranger in each other's. Can be run
 * again; passwords (hexadecimal) are set anew.
 */
export const ensureDatabases = async (
  server: Database,
  passwords: Record<string, string>,
  readerOf: string,
): Promise<void> => {
  for (const [owner, password] of Object.entries(passwords)) {
    const name = quoteIdent(databaseOf(owner));
    const rights = 'login nosuperuser nocreatedb nocreaterole noreplication nobypassrls';
    const [role] = await server.query('select from pg_roles where rolname = $1', [databaseOf(owner)]);
    await server.exec(`${role ? 'alter' : 'create'} role ${name} ${rights} password '${password}'`);
    const [database] = await server.query('select from pg_database where datname = $1', [databaseOf(owner)]);
    if (!database) await server.exec(`create database ${name} owner ${name}`);
    await server.exec(`revoke all on database ${name} from public`);
  }
  const [reader] = await server.query('select from pg_roles where rolname = $1', [READER]);
  if (!reader) await server.exec(`create role ${READER} nologin noinherit`);
  await server.exec(`grant ${READER} to ${quoteIdent(databaseOf(readerOf))}`);
};
