import { setTimeout as sleep } from 'node:timers/promises';
import { request } from '../cli/client.ts';
import { progress } from '../cli/progress.ts';
import { readStatus, type SourceStatus } from '../cli/status.command.ts';
import { readAgreements, readMembers } from '../embedded/task-force-seed.ts';
import type { Endpoints, Home } from '../home/home.ts';
import { issueToken } from '../home/issuers.ts';
import { projectRoot } from '../home/project-root.ts';
import { commandsOf, ScenarioLoader, type Tokens } from './load-scenario.ts';
import { TaskForceLoader } from './load-task-force.ts';
import { readScenario } from './scenario.ts';

const DONE = 'seeded.json';
const WAIT_MS = 100;
const PATIENCE_MS = 120_000;

interface Done {
  taskForce?: true;
  scenario?: true;
}

const tokensFrom = (home: Home): Tokens => {
  const kept = new Map<string, Promise<string>>();
  return (member, ...roles) => {
    const key = [member, ...roles].join();
    const token =
      kept.get(key) ?? issueToken(home, { member, roles: roles as never, clearance: 'SECRET', user: 'seed' });
    kept.set(key, token);
    return token;
  };
};

const waitUntil = async (holds: () => Promise<boolean>, what: string): Promise<void> => {
  const end = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what} took longer than ${PATIENCE_MS / 1000} s.`);
    await sleep(WAIT_MS);
  }
};

/** Whether this node's releases are applied. What is quarantined is no reason to wait: `accord status` tells of it. */
const nodeApplied = async (source: SourceStatus | undefined, node: string, token: string): Promise<boolean> => {
  const { released } = await request<{ released: number }>('GET', `${node}/v1/status`, { token });
  return released === 0 || source?.quarantined === true || (source?.applied ?? 0) >= released;
};

/** Whether the joint views have applied all that the registry and every node have released. */
const applied = async (home: Home, endpoints: Endpoints): Promise<boolean> => {
  const token = await issueToken(home, { member: null, roles: ['operator'], clearance: 'OFFICIAL', user: 'seed' });
  const { sources } = await readStatus(home, token);
  const nodes = Object.entries(endpoints.nodes).map(([member, node]) =>
    nodeApplied(
      sources.find((source) => source.source === `/members/${member}`),
      node,
      token,
    ),
  );
  const settled = sources.every(
    ({ applied, sequence, quarantined, gaps }) => applied === sequence || quarantined || gaps.length > 0,
  );
  return settled && (await Promise.all(nodes)).every(Boolean);
};

/** Loads the demo through the public commands, once, and waits until the joint views have applied it. */
export const seed = async (home: Home, endpoints: Endpoints, what: 'demo' | 'none'): Promise<void> => {
  const done = home.has(DONE) ? home.readJson<Done>(DONE) : {};
  const tokens = tokensFrom(home);
  if (!done.taskForce) {
    await new TaskForceLoader(endpoints, tokens).load(readMembers(projectRoot), readAgreements(projectRoot));
    home.writeJson({ ...done, taskForce: true }, DONE);
  }
  if (what === 'demo' && !done.scenario) {
    const scenario = readScenario(projectRoot);
    const shown = progress(commandsOf(scenario), 'commands of the demo');
    await new ScenarioLoader(endpoints, tokens, shown).load(scenario);
    shown.stop();
    home.writeJson({ taskForce: true, scenario: true }, DONE);
  }
  await waitUntil(() => applied(home, endpoints), 'Applying what was released');
};
