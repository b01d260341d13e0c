import { request } from '../cli/client.ts';
import type { Endpoints } from '../home/home.ts';
import type { Evidence } from './bundle.ts';

interface Page<Item> {
  items: Item[];
  next: string | null;
}

export interface Wanted {
  member: string;
  /** RFC 3339; from this time on, until before that. */
  from: string;
  to: string;
  /** Of an auditor of the member. */
  token: string;
  case: string;
}

/** Where the time of a line stands in it. */
const AT = 3;
/** Who writes lines has a clock of its own: how much later another may write an earlier time. */
const CLOCKS_MS = 60_000;
const SIGNED = /,"signature":"[^"]*"\}$/;

/**
 * Asks for all that a bundle holds; throws where anything of it can't be had. The node comes first: what it saw of the
 * log is in the log that is read afterwards. `tell`: how many lines came so far.
 */
export async function collect(
  { registry, views, nodes }: Endpoints,
  wanted: Wanted,
  tell: (lines: number) => void,
): Promise<Omit<Evidence, 'exportedAt'>> {
  const { member, from, to, token } = wanted;
  const { consultations, heads } = await ofNode(nodes[member], wanted, tell);
  const lines: string[] = [];
  const events: string[] = [];
  for await (const text of linesOf(views, wanted)) tell(consultations.length + lines.push(text));
  for await (const text of eventsOf(views, wanted)) tell(consultations.length + lines.length + events.push(text));
  const { code, signingKeys } = await request<Registered>('GET', `${registry}/v1/members/${member}`, { token });
  return { member, from, to, lines, consultations, events, keys: { member: code, signingKeys }, heads };
}

/** What the member's own node alone has: without it there is no bundle. */
async function ofNode(node: string | undefined, wanted: Wanted, tell: (lines: number) => void) {
  const { member, to, token } = wanted;
  if (node === undefined) throw new Error(`Nothing is exported: where ${member}'s node answers is not known here.`);
  try {
    const consultations: string[] = [];
    for await (const text of consultationsOf(node, wanted)) tell(consultations.push(text));
    const heads = await request<Page<object>>('GET', `${node}/v1/audit/heads?before=${to}`, { token });
    return { consultations, heads: heads.items };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Nothing is exported: what ${member}'s own node keeps would be missing. ${reason}`, { cause });
  }
}

interface Registered {
  code: string;
  signingKeys: object[];
}

async function* pages<Item>(url: string, { token, case: of }: Wanted, query: string): AsyncGenerator<Item[]> {
  const headers = { 'accord-purpose': 'organised-crime', 'accord-case': of };
  for (let cursor = ''; ;) {
    const page: Page<Item> = await request('GET', `${url}?limit=500${query}${cursor}`, { token, headers });
    yield page.items;
    if (page.next === null) return;
    cursor = `&cursor=${encodeURIComponent(page.next)}`;
  }
}

interface Timed {
  text: string;
  time: number;
}

/**
 * In their order, without a hole: from the first of the period to the last. Clocks differ, so that one between may say a
 * time before or after it. `left`: takes what came after the last.
 */
async function* within(items: AsyncIterable<Timed>, { from, to }: Wanted, left: string[] = []): AsyncGenerator<string> {
  let begun = false;
  for await (const { text, time } of items) {
    const isOf = time >= Date.parse(from) && time < Date.parse(to);
    begun ||= isOf;
    if (begun) left.push(text);
    if (isOf) yield* left.splice(0);
  }
}

const linesOf = (views: string, wanted: Wanted): AsyncGenerator<string> => {
  const found = pages<{ text: string }>(`${views}/v1/audit/lines`, wanted, since(wanted));
  const toTimed = ({ text }: { text: string }) => ({ text, time: Date.parse((JSON.parse(text) as string[])[AT]!) });
  return within(timedFrom(found, toTimed, wanted), wanted);
};

const consultationsOf = (node: string, wanted: Wanted): AsyncGenerator<string> => {
  const found = pages<Consulted>(`${node}/v1/audit`, wanted, `&operation=consultation${since(wanted)}`);
  return within(timedFrom(found, consulted, wanted), wanted);
};

const since = ({ from }: Wanted): string => `&from=${encodeURIComponent(from)}`;

/** As its node tells a line of its log. */
interface Consulted {
  number: number;
  id: string;
  at: string;
  by: string;
  event: string;
  records: string[];
  previous: string;
  hash: string;
}

/** The array of which the hash was taken, and the hash that the node keeps of it. */
const consulted = ({ number, id, at, by, event, records, previous, hash }: Consulted): Timed => ({
  text: JSON.stringify([number, id, at, by, event, records, previous, hash]),
  time: Date.parse(at),
});

async function* timedFrom<Item>(
  pages: AsyncIterable<Item[]>,
  toTimed: (item: Item) => Timed,
  { to }: Wanted,
): AsyncGenerator<Timed> {
  const end = Date.parse(to) + CLOCKS_MS;
  for await (const page of pages) {
    for (const timed of page.map(toTimed)) {
      if (timed.time >= end) return;
      yield timed;
    }
  }
}

/** On to the signature that holds the last one. */
async function* eventsOf(views: string, wanted: Wanted): AsyncGenerator<string> {
  const after: string[] = [];
  let last: string | undefined;
  for await (const text of within(eventsOnce(views, wanted), wanted, after)) yield (last = text);
  for (const text of after) {
    if (last === undefined || SIGNED.test(last)) return;
    yield (last = text);
  }
}

/** Relays may send an event again. What is no event is nobody's word: `accord verify` names it. */
async function* eventsOnce(views: string, wanted: Wanted): AsyncGenerator<Timed> {
  let last = 0;
  for await (const page of pages<string>(`${views}/v1/audit/events`, wanted, '')) {
    for (const text of page) {
      const { time, sequence } = placeOf(text);
      if (sequence > last) yield { text, time };
      last = Math.max(last, sequence);
    }
  }
}

const placeOf = (text: string): { time: number; sequence: number } => {
  try {
    const { time, sequence } = JSON.parse(text) as { time: string; sequence: string };
    return { time: Date.parse(time), sequence: Number(sequence) || 0 };
  } catch {
    return { time: 0, sequence: 0 };
  }
};
