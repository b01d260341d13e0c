import { setTimeout as sleep } from 'node:timers/promises';
import { Refused, request } from '../cli/client.ts';
import { readStatus } from '../cli/status.command.ts';
import type { Candidate } from './candidate.ts';
import { checkNode, type Report } from './conformance.ts';
import { previewsFor, standing } from './preview.ts';
import { isPast, whoItIs } from './standing.ts';

export interface Choices {
  /** `all`, `none`, or a date. */
  backfill: string;
  /** Where the last approval was given otherwise than by this command. */
  enrolmentToken?: string;
}

export interface Step {
  name: string;
  /** Does what is left of it, and says in a few words what that was. May be run again at any time. */
  run(candidate: Candidate, choices: Choices): Promise<string>;
}

const PATIENCE_MS = 60_000;
const PAUSE_MS = 100;

const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Refused && codes.includes(error.code ?? '');

const propose: Step = {
  name: 'proposed',
  async run(candidate) {
    if (await isPast(candidate, 'proposed')) return 'already';
    const { code, name, contact } = whoItIs(candidate);
    const [by] = await candidate.actives();
    await candidate.command(by!, '/v1/members', { code, name, contact }, `onboard-propose-${code}`);
    return `by ${by}`;
  },
};

type Approved = { enrolmentToken?: string };

/** Each active member's admin; asking again gives the first answer, and with the last one the enrolment token. */
const approvals = async (candidate: Candidate): Promise<{ by: string[]; token: string | null }> => {
  const { code } = candidate;
  const by: string[] = [];
  let token: string | null = null;
  for (const member of await candidate.actives()) {
    const key = `onboard-approve-${code}`;
    try {
      const answer = await candidate.command<Approved>(member, `/v1/members/${code}/approve`, {}, key);
      token = answer.enrolmentToken ?? token;
      by.push(member);
    } catch (error) {
      if (!hasCode(error, 'member.already-approved', 'member.not-proposed')) throw error;
    }
  }
  return { by, token };
};

const approve: Step = {
  name: 'approved',
  async run(candidate) {
    if (await isPast(candidate, 'approved')) return 'already';
    return `by ${(await approvals(candidate)).by.join(', ')}`;
  },
};

const registerKeys: Step = {
  name: 'keys registered',
  async run(candidate, { enrolmentToken }) {
    if (await isPast(candidate, 'keys-registered')) return 'already';
    const token = enrolmentToken ?? (await approvals(candidate)).token;
    if (!token)
      throw new Error(
        'The enrolment token went to who approved last, and goes there again when it approves again: give it with --enrolment-token.',
      );
    await candidate.registry(`/v1/members/${candidate.code}/keys`, await candidate.keys(), token);
    return 'with the enrolment token and a proof of the key';
  },
};

/** Checks the newcomer's node, and where it passes says so to the registry. */
export const passConformance = async (candidate: Candidate, report: Report): Promise<void> => {
  const failed = report.checks.filter(({ passed }) => !passed);
  if (failed.length > 0) {
    const lines = failed.map(({ name, detail }) => `\n  ${name}${detail ? `: ${detail}` : ''}`);
    throw new Error(`${candidate.code}'s node doesn't conform:${lines.join('')}`);
  }
  if (await isPast(candidate, 'conformance-passed')) return;
  if (!(await isPast(candidate, 'keys-registered'))) return;
  const { code } = candidate;
  const run = JSON.stringify({ at: report.at, checks: report.checks.length, failed: 0 });
  await candidate.command(code, `/v1/members/${code}/conformance`, { run });
};

const conform: Step = {
  name: 'conformance passed',
  async run(candidate) {
    if (await isPast(candidate, 'conformance-passed')) return 'already';
    const report = await checkNode(candidate);
    await passConformance(candidate, report);
    return `${report.checks.length} checks`;
  },
};

const activate: Step = {
  name: 'active',
  async run(candidate) {
    if (await isPast(candidate, 'active')) return 'already';
    await candidate.command(candidate.code, `/v1/members/${candidate.code}/activate`, {});
    return 'from now on';
  },
};

interface Told {
  state: 'running' | 'done';
  records: number;
}

const until = async <T>(ask: () => Promise<T>, holds: (answer: T) => boolean, what: string): Promise<T> => {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > end) throw new Error(`${what} took longer than ${PATIENCE_MS / 1000} s: run this again to go on.`);
    await sleep(PAUSE_MS);
  }
};

/** At an originator's own node, by its supervisor. The node may not have heard of the activation yet. */
const backfillOf = async (candidate: Candidate, originator: string, since: string): Promise<number> => {
  const token = await candidate.token(originator, 'supervisor');
  const url = `${candidate.node(originator)}/v1/backfills`;
  const choose = () =>
    request<Told>('POST', url, { token, body: { member: candidate.code, since } }).catch((error: unknown) => {
      if (hasCode(error, 'member.not-active', 'audience.unknown-member')) return null;
      throw error;
    });
  let told = (await until(choose, (answer) => answer !== null, `${originator}'s node hearing of it`))!;
  while (told.state === 'running') {
    await sleep(PAUSE_MS);
    told = await request<Told>('GET', `${url}/${candidate.code}`, { token });
  }
  return told.records;
};

const backfill: Step = {
  name: 'backfilled',
  async run(candidate, { backfill: since }) {
    const said: string[] = [];
    for (const originator of await candidate.actives()) {
      said.push(`${originator} ${await backfillOf(candidate, originator, since)}`);
    }
    await applied(candidate);
    return `${since}: ${said.join(', ')} records. ${standing(await previewsFor(candidate, 'none'))}`;
  },
};

/** Waits until the joint views show what was said. What stands still there is `accord status`'s to tell. */
const applied = async (candidate: Candidate): Promise<void> => {
  const token = await candidate.operator();
  const settled = async (): Promise<boolean> => {
    const { sources } = await readStatus(candidate.home, token);
    return sources.every(
      ({ applied, sequence, quarantined, gaps }) => applied >= sequence || quarantined || gaps.length > 0,
    );
  };
  await until(settled, Boolean, 'Applying what was released');
};

export const STEPS: readonly Step[] = [propose, approve, registerKeys, conform, activate, backfill];
