import { describe, expect, it } from '@jest/globals';
import { toRevision, toVersion } from './revision.ts';

describe('a version', () => {
  it.each([
    [0, 'no_stream'],
    [1, 0n],
    [42, 41n],
  ] as const)('%p is revision %p to the server', (version, revision) => {
    expect(toRevision(version)).toBe(revision);
    expect(toVersion(revision)).toBe(version);
  });
});
