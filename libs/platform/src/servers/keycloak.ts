import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { environment } from '../config/config.ts';
import { deployed, fetchedByMaven } from './maven.ts';
import { withOutput } from './output.ts';

const VERSION = 'keycloak-26.7.3';
/** The realms: what compose mounts, too. */
const REALMS = deployed('keycloak');
const PATIENCE_MS = 300_000;
const PAUSE_MS = 200;

export interface KeycloakSetup {
  port: number;
  /** Of the administrator that is made at the start. */
  admin: { user: string; password: string };
  /** What the realms' files take from the environment: GB_SYSTEM_SECRET and so on, each. */
  secrets: Record<string, string>;
  /** A file for what it prints. */
  log?: string;
}

/** The names of the secrets that the realms' files leave to the environment. */
export function realmSecrets(): string[] {
  const files = readdirSync(REALMS).filter((name) => name.endsWith('-realm.json'));
  return files.flatMap((name) => {
    const text = readFileSync(join(REALMS, name), 'utf8');
    return [...text.matchAll(/"secret": "\$\{(\w+)\}"/g)].map(([, secret]) => secret!);
  });
}

/** Keycloak's home, fetched by Maven the first time, with the realms where it imports them from. */
async function keycloakHome(signal?: AbortSignal): Promise<string> {
  const home = join(await fetchedByMaven(VERSION, 'unpack-dependencies', signal), VERSION);
  const realms = join(home, 'data', 'import');
  mkdirSync(join(home, 'data'), { recursive: true });
  if (!existsSync(realms)) symlinkSync(REALMS, realms);
  return home;
}

/**
 * Keycloak on loopback, with the realms and nothing else in its memory. Resolves when it answers. Throws where a secret is
 * missing: Keycloak would take the name of the variable for it.
 */
export async function startKeycloak(setup: KeycloakSetup, signal?: AbortSignal): Promise<ChildProcess> {
  const { port, admin, secrets, log } = setup;
  const missing = realmSecrets().filter((name) => !secrets[name]);
  if (missing.length > 0) throw new Error(`Keycloak's realms need ${missing.join(', ')}.`);
  const home = await keycloakHome(signal);
  const { PATH, HOME } = environment();
  const env = {
    ...{ PATH, HOME, ...secrets },
    KC_BOOTSTRAP_ADMIN_USERNAME: admin.user,
    KC_BOOTSTRAP_ADMIN_PASSWORD: admin.password,
    KC_DB: 'dev-mem',
    JAVA_OPTS_APPEND: '-XX:TieredStopAtLevel=1',
  };
  const args = ['start-dev', '--import-realm', '--http-host', '127.0.0.1', '--http-port', String(port)];
  // A shell that starts Java: a group of their own, to end both.
  const child = withOutput(log, (out) =>
    spawn('sh', [join(home, 'bin/kc.sh'), ...args], { env, stdio: ['ignore', out, out], detached: true }),
  );
  try {
    await answers(port, () => child.exitCode !== null || signal?.aborted === true);
  } catch (error) {
    await stopKeycloak(child);
    throw error;
  }
  return child;
}

async function answers(port: number, hasEnded: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!hasEnded() && Date.now() < end) {
    const answer = await fetch(`http://127.0.0.1:${port}/realms/master`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await sleep(PAUSE_MS);
  }
  throw new Error('the local Keycloak did not start.');
}

/** Ends Keycloak, and resolves when its processes are gone. What it knew is gone with it. */
export async function stopKeycloak(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const runs = child.exitCode === null && child.signalCode === null;
  const gone = runs ? new Promise((resolve) => child.once('exit', resolve)) : undefined;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group has ended.
  }
  await gone;
}
