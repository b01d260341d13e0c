// `npm run test:oidc`: Keycloak on the realms that compose uses, and the product whose members' tokens are theirs.
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, realmSecrets, startKeycloak, stopKeycloak } from '#platform/servers';
import { freePortBase } from '../support/ports.ts';
import { Administrator } from './administrator.ts';
import { Scenario } from './scenario.ts';
import { Steps } from './steps.ts';
import { TaskForce } from './task-force.ts';

const steps = new Steps();
const stopping = new AbortController();
const folder = mkdtempSync(join(tmpdir(), 'accord-keycloak-'));
const undo: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stopping.abort(new Error(`It was told to stop by ${signal}.`)));
}
const stopped = new Promise<never>((_, reject) =>
  stopping.signal.addEventListener('abort', () => reject(stopping.signal.reason as Error)),
);
stopped.catch(() => undefined);

async function run(): Promise<void> {
  const secrets = Object.fromEntries(realmSecrets().map((name) => [name, randomBytes(24).toString('base64url')]));
  const admin = { user: 'administrator', password: randomBytes(24).toString('base64url') };
  const port = await freePort();
  steps.note('starting Keycloak; the first time Maven fetches it (160 MB), and it builds itself');
  const began = Date.now();
  const starting = startKeycloak({ port, admin, secrets, log: join(folder, 'log') }, stopping.signal);
  undo.push(() => starting.then(stopKeycloak, () => undefined));
  const keycloak = await starting;
  const base = `http://127.0.0.1:${port}`;
  steps.note(
    `Keycloak answers at ${base} after ${((Date.now() - began) / 1000).toFixed(0)} s, process ${keycloak.pid}`,
  );
  const administrator = new Administrator(base, admin);
  const portBase = await freePortBase();
  const joining = TaskForce.start(portBase, (name) => administrator.realm(name));
  undo.push(() =>
    joining.then(
      (it) => it.stop(),
      () => undefined,
    ),
  );
  const taskForce = await joining;
  steps.note(`the registry answers at ${portBase}, the joint views and the nodes above`);
  await new Scenario({ steps, keycloak: administrator, taskForce, secrets }).run();
}

try {
  await Promise.race([run(), stopped]);
} catch (error) {
  steps.failed += 1;
  process.stderr.write(`FAILED ${error instanceof Error ? error.stack : String(error)}\n`);
} finally {
  for (const step of undo.reverse()) await step();
}
process.stdout.write(`${steps.passed} ok, ${steps.failed} failed\n`);
process.exit(steps.failed === 0 ? 0 : 1);
