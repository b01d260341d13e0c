import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from './ledger.ts';
import type { Member, Rig } from './rig.ts';

export interface Command {
  member: Member;
  path: string;
  body: object;
  /** Under which it is sent again until it is answered. */
  key: string;
}

export interface Acknowledged {
  id: string;
  version: number;
  entities?: Record<string, string>;
  tearLine?: { id: string };
}

const ANSWER_MS = 30_000;
const AGAIN_MS = [50, 100, 200, 400, 800];

/** Sends commands as a national system would: whatever isn't answered, or is refused for now, is sent again. */
export class Caller {
  constructor(
    private readonly rig: Rig,
    private readonly ledger: Ledger,
  ) {}

  /** Resolves when it is answered for good. Null where it was refused for good, which the ledger then tells. */
  async send(command: Command): Promise<Acknowledged | null> {
    for (let tries = 0; ; tries += 1) {
      const answer = await this.#try(command);
      if (answer !== 'again') return answer;
      await sleep(AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)]!);
    }
  }

  async #try({ member, path, body, key }: Command): Promise<Acknowledged | null | 'again'> {
    const response = await this.post(member, path, JSON.stringify(body), { 'idempotency-key': key });
    if (!response) return 'again';
    const { status, text } = response;
    if (status < 300) return JSON.parse(text) as Acknowledged;
    return this.#refused(`${status} ${codeOf(text)}`, `${member} ${path} (${key}): ${text.slice(0, 300)}`);
  }

  #refused(how: string, what: string): null | 'again' {
    this.ledger.refuse(how);
    if (how === '503 store-unavailable') return 'again';
    this.ledger.wrong.push(what);
    return null;
  }

  /** One request. Null where nobody answered, or not to the end. */
  async post(
    member: Member,
    path: string,
    body: string,
    more: Record<string, string>,
  ): Promise<{ status: number; text: string } | null> {
    const authorization = `Bearer ${await this.rig.token(member, 'publisher', 'supervisor')}`;
    const headers = { 'content-type': 'application/json', authorization, ...more };
    const signal = AbortSignal.timeout(ANSWER_MS);
    try {
      const response = await fetch(this.rig.endpoints.nodes[member] + path, { method: 'POST', headers, body, signal });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      this.ledger.refuse((error as { name?: string }).name === 'TimeoutError' ? 'no answer in time' : 'no answer');
      return null;
    }
  }

  /** A batch, each line by its externalId, sent again until every line was answered. Answers the lines' ids. */
  async sendBatch(member: Member, lines: readonly object[]): Promise<Acknowledged[]> {
    const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const answers = new Map<number, Acknowledged>();
    while (answers.size < lines.length) {
      const response = await this.post(member, '/v1/reports:batch', body, { 'content-type': 'application/x-ndjson' });
      if (response?.status === 200) this.#readLines(response.text, answers);
      else if (response) this.ledger.refuse(`${response.status} ${codeOf(response.text)}`);
      if (answers.size < lines.length) await sleep(AGAIN_MS[2]!);
    }
    return [...answers].sort(([a], [b]) => a - b).map(([, answer]) => answer);
  }

  #readLines(text: string, answers: Map<number, Acknowledged>): void {
    for (const line of text.split('\n').filter(Boolean)) {
      const told = JSON.parse(line) as Acknowledged & { line: number; status: string; code?: string };
      const before = answers.get(told.line);
      if (told.status === 'accepted') answers.set(told.line, told);
      else this.ledger.refuse(`line: ${told.code}`);
      if (before && before.id !== told.id) this.ledger.wrong.push(`line ${told.line}: ${before.id}, then ${told.id}`);
    }
  }
}

const codeOf = (text: string): string => {
  try {
    return String((JSON.parse(text) as { code?: unknown }).code);
  } catch {
    return 'unreadable';
  }
};
