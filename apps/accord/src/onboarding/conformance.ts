import { setTimeout as sleep } from 'node:timers/promises';
import { Refused, request, send } from '../cli/client.ts';
import type { Candidate } from './candidate.ts';
import { judge, type Check, type Run } from './judge.ts';
import { SCENARIO } from './scenario.ts';

const TRIES = 50;
const PAUSE_MS = 200;

export interface Report {
  member: string;
  node: string;
  at: string;
  checks: Check[];
}

/** The status of a request to the node itself that it must refuse, so that it changes nothing. */
const refused = async (node: string, token: string | undefined): Promise<number> => {
  const authorization = token === undefined ? undefined : `Bearer ${token}`;
  const answer = await send(`${node}/v1/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: '{}',
  });
  await answer.arrayBuffer();
  return answer.status;
};

/** The node may not have heard yet how far its member is. */
const heard = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Refused && error.code === 'member.not-keys-registered') || left === 0) throw error;
      await sleep(PAUSE_MS);
    }
  }
};

/**
 * What a node must do before its member is let in. Publishes, releases and recalls happen in a throw-away copy of the node,
 * on the source `/members/XX/conformance`, and are followed into views that are thrown away.
 */
export const checkNode = async (candidate: Candidate): Promise<Report> => {
  const { code } = candidate;
  const node = candidate.node(code);
  const [other] = await candidate.actives();
  const checks: Check[] = [
    { name: 'refuses who has no token', passed: (await refused(node, undefined)) === 401 },
    {
      name: "refuses another member's token",
      passed: (await refused(node, await candidate.token(other!, 'publisher', 'supervisor'))) === 401,
    },
  ];
  const token = await candidate.token(code, 'admin', 'publisher', 'supervisor');
  const requests = SCENARIO.map(({ method, path, body }) => ({ method, path, ...(body && { body }) }));
  const run = await heard(() => request<Run>('POST', `${node}/v1/conformance`, { token, body: { requests } }));
  const keys = await candidate.registeredKeys();
  return {
    member: code,
    node,
    at: new Date().toISOString(),
    checks: [...checks, ...(await judge(code, run, keys))],
  };
};
