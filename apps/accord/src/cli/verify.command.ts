import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { Home, type Endpoints } from '../home/home.ts';
import { givenToken } from '../home/issuers.ts';
import { request } from './client.ts';
import { dataOption, jsonOption } from './options.ts';
import { progress } from './progress.ts';

interface Head {
  member: string;
  number: number;
  hash: string;
}

interface Finding {
  chain: string;
  line: number;
  reason: string;
  code?: string;
}

interface Report {
  id: string;
  state: 'running' | 'done' | 'failed';
  phase: string;
  checked: number;
  total: number;
  findings: Finding[];
  reason?: string;
}

const POLL_MS = 250;

/** What a script goes by. Wrong comes before unchecked: it is known already. */
const exitOf = (findings: readonly Finding[], silent: readonly string[]): number => {
  if (findings.length > 0) return 1;
  return silent.length > 0 ? 2 : 0;
};

/** What each member's node has kept of where its log ended. A node that doesn't answer is named, and holds up nothing. */
const witnessed = async (nodes: Endpoints['nodes'], token: string): Promise<{ heads: Head[]; silent: string[] }> => {
  const silent: string[] = [];
  const heads: Head[] = [];
  for (const [member, url] of Object.entries(nodes)) {
    try {
      const { items } = await request<{ items: Omit<Head, 'member'>[] }>('GET', `${url}/v1/audit/heads`, { token });
      heads.push(...items.map(({ number, hash }) => ({ member, number, hash })));
    } catch {
      silent.push(member);
    }
  }
  return { heads, silent };
};

const verify = async (views: string, token: string, heads: readonly Head[]): Promise<Report> => {
  const url = `${views}/v1/verifications`;
  let report = await request<Report>('POST', url, { token, body: { heads } });
  const shown = progress(Math.max(report.total, 1), 'lines');
  try {
    while (report.state === 'running') {
      await sleep(POLL_MS);
      report = await request<Report>('GET', `${url}/${report.id}`, { token });
      shown.update(report.checked, report.phase, report.total);
    }
  } finally {
    shown.stop();
  }
  if (report.state === 'failed') throw new Error(`The verification failed. ${report.reason ?? ''}`.trim());
  return report;
};

const said = ({ chain, line, reason, code }: Finding): string =>
  `${chain} line ${line}: ${reason}${code === undefined ? '' : ` (${code})`}`;

/** `accord verify`. */
export const verifyCommand = (): Command =>
  new Command('verify')
    .description('checks every source’s chain and signatures, every log of consultations, and what was served')
    .addOption(jsonOption())
    .addOption(dataOption())
    .addHelpText(
      'after',
      `
Of each chain the first line that is wrong is named. A log is compared with what its member's own node has kept of it,
and each of its lines is judged again by what had been applied then. Exit: 0 all is as it should be, 1 something isn't,
2 nothing is wrong, but a member's node did not answer, so that its log was checked against itself alone.`,
    )
    .action(async (options: { json?: boolean; data?: string }) => {
      const home = new Home(options.data);
      const { views, nodes } = home.endpoints();
      const token = await givenToken(home, { member: null, roles: ['operator'], clearance: 'OFFICIAL', user: 'cli' });
      const { heads, silent } = await witnessed(nodes, token);
      const { total, findings } = await verify(views, token, heads);
      if (options.json) process.stdout.write(`${JSON.stringify({ lines: total, findings, silent })}\n`);
      else {
        for (const member of silent) console.error(`${member}'s node does not answer: its log is not compared with it`);
        for (const finding of findings) process.stdout.write(`${said(finding)}\n`);
        const unchecked = silent.length === 0 ? '' : `; not compared with a node's: ${silent.join(', ')}`;
        process.stdout.write(`${total} lines, ${findings.length} wrong${unchecked}\n`);
      }
      const exit = exitOf(findings, silent);
      if (exit > 0) process.exitCode = exit;
    });
