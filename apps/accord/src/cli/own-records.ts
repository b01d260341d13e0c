import type { OwnRecords } from '../formats/format.ts';
import { request } from './client.ts';

interface Page {
  items: Record<string, unknown>[];
  next: string | null;
}

/** Reads what the member's own node has of a system, page by page. */
export const ownRecords = (node: string, token: string): OwnRecords =>
  async function* (path) {
    let next: string | null = null;
    do {
      const cursor: string = next === null ? '' : `&cursor=${encodeURIComponent(next)}`;
      const page: Page = await request('GET', `${node}${path}?limit=500${cursor}`, { token });
      yield* page.items;
      next = page.next;
    } while (next !== null);
  };
