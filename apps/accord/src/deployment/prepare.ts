import { jsonOf, type Issuer } from '#platform';
import { newClusterId, plainUsers } from '#platform/servers';
import { ServiceFiles } from '../distributed/service-files.ts';
import { ensureCredentials, type Credentials } from '../embedded/credentials.ts';
import { codesOf, type MembersSeed } from '../embedded/task-force-seed.ts';
import type { Endpoints, Home } from '../home/home.ts';
import { ownersPasswords } from './owners.ts';
import type { PrepareSettings } from './settings.ts';

const TASK_FORCE = 'task-force';
const KAFKA = ['services', 'kafka'];

/** The credentials with issuers that stand elsewhere, whose keys are fetched from them. */
const withIssuers = (credentials: Credentials, issuer: string, jwks: string): Credentials => {
  const at = (pattern: string, name: string): string => pattern.replaceAll('{member}', name);
  const issuerOf = (member: string | null): Issuer => ({
    issuer: at(issuer, member ?? TASK_FORCE),
    member,
    jwksUri: at(jwks, member ?? TASK_FORCE),
  });
  return {
    ...credentials,
    operator: issuerOf(null),
    members: credentials.members.map((member) => ({ ...member, issuer: issuerOf(member.code) })),
  };
};

/** What the broker's start script reads: deploy/kafka/start.sh. */
const writeBrokerFiles = (home: Home, passwords: Record<string, string>): void => {
  home.writeText(passwords['admin'] ?? '', ...KAFKA, 'admin-password');
  home.writeText(plainUsers(passwords), ...KAFKA, 'users');
  // A broker that was formatted under one id refuses another.
  if (!home.has(...KAFKA, 'cluster-id')) home.writeText(newClusterId(), ...KAFKA, 'cluster-id');
};

/**
 * Makes what is missing of all keys, secrets and passwords of a task force in the data directory, and writes each owner's
 * files into a folder of its own, `services/<owner>`. Can be run again: nothing that exists is made anew. Answers the owners.
 */
export const prepareHome = async (home: Home, members: MembersSeed, settings: PrepareSettings): Promise<string[]> => {
  const { ISSUER_URL, JWKS_URL, ENDPOINTS_FILE } = settings;
  if ((ISSUER_URL === undefined) !== (JWKS_URL === undefined))
    throw new Error('Settings ISSUER_URL and JWKS_URL go together.');
  home.create();
  const codes = codesOf(members);
  const own = await ensureCredentials(home, codes);
  const credentials = ISSUER_URL && JWKS_URL ? withIssuers(own, ISSUER_URL, JWKS_URL) : own;
  const { kafka, postgres } = ownersPasswords(home, codes);
  const needs = { home, credentials, founders: members.founders, kafkaPasswords: kafka, postgresPasswords: postgres };
  const files = new ServiceFiles(needs);
  files.registry();
  files.views();
  for (const code of codes) files.node(code);
  writeBrokerFiles(home, kafka);
  if (ENDPOINTS_FILE !== undefined)
    home.writeJson(jsonOf<Endpoints>('ENDPOINTS_FILE', ENDPOINTS_FILE), 'endpoints.json');
  return ['kafka', ...Object.keys(postgres)];
};
