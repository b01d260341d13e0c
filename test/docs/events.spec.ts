import { describe, expect, it } from '@jest/globals';
import { EVENTS, readPlaced, schemaUri, verifySignature } from '#contracts';
import { SIGNING_KEY } from '../../libs/contracts/src/envelope/testing/example.ts';
import { found, read } from './pages.ts';

const page = read('docs/events.md');

describe('docs/events.md', () => {
  it('lists the catalogue: every type, what it carries, and no other', () => {
    const listed = [...page.matchAll(/^\| `(accord\.[^`]+)` \| (\w+)/gm)].map(([, type, carries]) => [type, carries]);
    expect(listed).toEqual(EVENTS.map(({ type, carries }) => [type, carries]));
  });

  it('shows an event that a reader takes, with the hash that it says', () => {
    const shown = /```json\n([\s\S]*?)```/.exec(page)![1]!.replaceAll('\n', '');
    const event = readPlaced(shown);
    expect(event.dataschema).toBe(schemaUri(event.type));
    expect(found(page, /^([0-9a-f]{64})$/gm)).toEqual([event.hash]);
    expect(verifySignature(event.hash, event.signature!, SIGNING_KEY.publicJwk)).toBe(true);
  });
});
