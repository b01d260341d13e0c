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
const SIGNED = /,"signature":"[^"]*"\}$/;

/** Asks for all that a bundle holds. `tell`: how many lines came so far. */
export async function collect(
  { registry, views, nodes }: Endpoints,
  wanted: Wanted,
  tell: (lines: number) => void,
): Promise<Omit<Evidence, 'exportedAt'>> {
  const { member, from, to, token } = wanted;
  const lines: string[] = [];
  const events: string[] = [];
  for await (const text of linesOf(views, wanted)) tell(lines.push(text));
  for await (const text of eventsOf(views, wanted)) tell(lines.length + events.push(text));
  const { code, signingKeys } = await request<Registered>('GET', `${registry}/v1/members/${member}`, { token });
  const heads = await request<Page<object>>('GET', `${nodes[member] ?? ''}/v1/audit/heads`, { token });
  return { member, from, to, lines, events, keys: { member: code, signingKeys }, heads: heads.items };
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

/** In the log's order, without a hole: from the first line of the period to its last. */
async function* linesOf(views: string, wanted: Wanted): AsyncGenerator<string> {
  const query = `&from=${encodeURIComponent(wanted.from)}`;
  for await (const page of pages<{ text: string }>(`${views}/v1/audit/lines`, wanted, query)) {
    for (const { text } of page) {
      if (Date.parse((JSON.parse(text) as string[])[AT]!) >= Date.parse(wanted.to)) return;
      yield text;
    }
  }
}

/** From the first event of the period to its last, and on to the signature that holds that one. */
async function* eventsOf(views: string, { from, to, ...wanted }: Wanted): AsyncGenerator<string> {
  let open = false;
  for await (const { text, time } of eventsOnce(views, { from, to, ...wanted })) {
    if (time >= Date.parse(to) && !open) return;
    if (time < Date.parse(from) && !open) continue;
    yield text;
    open = !SIGNED.test(text);
  }
}

/** Relays may send an event again. */
async function* eventsOnce(views: string, wanted: Wanted): AsyncGenerator<{ text: string; time: number }> {
  let last = 0;
  for await (const page of pages<string>(`${views}/v1/audit/events`, wanted, '')) {
    for (const text of page) {
      const { time, sequence } = JSON.parse(text) as { time: string; sequence: string };
      if (Number(sequence) > last) yield { text, time: Date.parse(time) };
      last = Math.max(last, Number(sequence));
    }
  }
}
