import type { Callers } from './callers.ts';
import { MEMBER_ROLES } from './callers.ts';
import type { Column } from './matrix.ts';
import { requestOf, type Request, type Who } from './requests.ts';
import type { App, TaskForce } from './task-force.ts';

/** What every cell of a route is now, each asked over HTTP. Several answers in one cell stand beside each other. */
export async function cellsOf(
  app: App,
  route: string,
  force: TaskForce,
  callers: Callers,
): Promise<Record<Column, string>> {
  const ask = (as: string | undefined, who: Who = 'own') =>
    statusOf(force.base[app], requestOf(route, force.things, who), as);
  const pair = async (own: string | undefined, foreign: string | undefined) => {
    const [mine, theirs] = [await ask(own), await ask(foreign, 'foreign')];
    return mine === theirs ? `${mine}` : `${mine}/${theirs}`;
  };
  const roles = await Promise.all(
    MEMBER_ROLES.map(async (role) => [role, await pair(callers.own.get(role), callers.foreign.get(role))] as const),
  );
  return {
    ...(Object.fromEntries(roles) as Record<Column, string>),
    'all five': await pair(callers.all.own, callers.all.foreign),
    operator: `${await ask(callers.operator)}`,
    suspended: `${await ask(callers.suspended, 'suspended')}`,
    'no role': await alike(callers.noRole, ask),
    'no valid token': await alike(callers.invalid, ask),
  };
}

/** One status, where all are answered so; else each by its name. */
async function alike(
  tokens: ReadonlyMap<string, string | undefined>,
  ask: (as: string | undefined) => Promise<number>,
): Promise<string> {
  const statuses = await Promise.all([...tokens].map(async ([name, token]) => [name, await ask(token)] as const));
  const distinct = new Set(statuses.map(([, status]) => status));
  if (distinct.size === 1) return `${statuses[0]![1]}`;
  return statuses.map(([name, status]) => `${name}: ${status}`).join(', ');
}

export async function statusOf(base: string, { method, path, body, headers }: Request, as?: string): Promise<number> {
  const answer = await fetch(base + path, {
    method,
    ...(body !== undefined && { body }),
    headers: { ...headers, ...(as !== undefined && { authorization: `Bearer ${as}` }) },
  });
  await answer.arrayBuffer();
  return answer.status;
}
