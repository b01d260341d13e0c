import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { hashOf, newSigningKey, sign, ZERO_HASH } from '#contracts';
import { hashOfEntry, NO_ENTRY, textOfEntry } from '../../../joint-views/src/consultation/entry.ts';
import { released } from '../../../joint-views/src/intake/testing/said.ts';
import { at, TestSource, uuid } from '../../../joint-views/src/intake/testing/source.ts';
import { writeBundle, type Evidence } from './bundle.ts';

const log = Array.from({ length: 6 }, (_, n) => n + 1).reduce<{ text: string; number: number; hash: string }[]>(
  (lines, number) => {
    const { hash: previous } = lines.at(-1) ?? NO_ENTRY;
    const entry = {
      ...{ member: 'GB', number, id: uuid(number), at: at(number), kind: 'read' as const, actor: 'u1' },
      ...{ roles: ['analyst'], clearance: 'SECRET', purpose: 'returns', case_reference: 'Č-1', protection: false },
      ...{ route: 'GET /v1/reports', records: [uuid('r')], applied: '{}', previous },
    };
    return [...lines, { text: textOfEntry(entry), number, hash: hashOfEntry(entry) }];
  },
  [],
);

describe('a bundle of evidence', () => {
  const root = mkdtempSync(join(tmpdir(), 'accord-evidence-'));
  let evidence: Evidence;
  let dir = '';
  let digest = '';
  let n = 0;

  beforeEach(() => {
    evidence ??= makeEvidence();
    dir = join(root, `${(n += 1)}`);
    digest = writeBundle(dir, evidence);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  const verify = (given = [digest]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(dir, 'verify.mjs'), ...given], {
      encoding: 'utf8',
      env: {},
    });
    return { status, said: stdout + stderr };
  };
  const change = (name: string, how: (text: string) => string) => {
    const before = readFileSync(join(dir, name), 'utf8');
    expect(how(before)).not.toBe(before);
    writeFileSync(join(dir, name), how(before));
  };
  /** As who alters a file and its manifest both. */
  const again = (over: Partial<Evidence>) => {
    rmSync(dir, { recursive: true });
    writeBundle(dir, { ...evidence, ...over });
    return verify([]);
  };
  const without = <T>(list: readonly T[], index: number) => list.filter((_, i) => i !== index);
  const swapped = <T>(list: readonly T[], i: number) => [
    ...list.slice(0, i),
    list[i + 1]!,
    list[i]!,
    ...list.slice(i + 2),
  ];

  it('verifies by its own command, and says what it checked', () => {
    expect(verify()).toMatchObject({ status: 0, said: expect.stringContaining('The bundle is whole.') });
    expect(verify().said).toContain('witnessed the log up to number 4');
    expect(verify([])).toMatchObject({ status: 0, said: expect.stringContaining('no digest was given') });
  });

  it.each(['audit.ndjson', 'events.ndjson', 'keys.json', 'heads.json', 'README.md', 'manifest.json'])(
    'shows a change of %s',
    (name) => {
      change(name, (text) => text.replace(/[aeiou](?=[^aeiou]*$)/, 'x'));
      expect(verify().status).toBe(1);
    },
  );

  it('shows what was left out, put elsewhere or changed in the log, whatever its manifest says', () => {
    const { lines } = evidence;
    expect(again({ lines: without(lines, 2) })).toMatchObject({ status: 1, said: expect.stringContaining('line 3') });
    expect(again({ lines: swapped(lines, 1) }).status).toBe(1);
    expect(again({ lines: lines.map((line) => line.replace(at(3), at(4))) }).status).toBe(1);
    expect(again({ heads: [{ number: 4, hash: ZERO_HASH }] }).said).toContain('witnessed');
  });

  it('shows what was left out, put elsewhere or changed among the events, whatever its manifest says', () => {
    const { events } = evidence;
    expect(again({ events: without(events, 1) })).toMatchObject({ status: 1, said: expect.stringContaining('line 2') });
    expect(again({ events: swapped(events, 0) }).status).toBe(1);
    expect(again({ events: events.slice(0, -1) }).said).toContain('nobody signed');
    expect(again({ events: events.map((text) => text.replace('"AL,XK"', '"AL"')) }).status).toBe(1);
    const { kid, publicJwk, privateJwk } = newSigningKey();
    const unsigned = events.at(-1)!.replace(/,"keyid.*/, '}');
    const other = sign(unsigned, hashOf(unsigned), privateJwk, kid);
    expect(again({ events: [...events.slice(0, -1), other] }).said).toContain('not in keys.json');
    const keys = { member: 'GB', signingKeys: [{ kid: kidOf(events), jwk: publicJwk, from: 1, until: null }] };
    expect(again({ keys }).said).toContain('the signature is wrong');
  });

  it('is whole where a key was revoked, and names what is nobody’s word', () => {
    const { signingKeys } = evidence.keys as { signingKeys: object[] };
    const revoked = (until: number) => again({ keys: { member: 'GB', signingKeys: [{ ...signingKeys[0], until }] } });
    expect(revoked(2)).toMatchObject({ status: 0, said: expect.stringContaining('events 2 to 3 are signed by a key') });
    expect(revoked(4).said).not.toContain('revoked');
  });

  it('shows that the log went on before its end', () => {
    const seen = (when: number) => again({ heads: [...evidence.heads, { number: 9, hash: ZERO_HASH, at: at(when) }] });
    expect(seen(-10)).toMatchObject({ status: 1, said: expect.stringContaining('go on to 9') });
    expect(seen(59).status).toBe(0);
  });

  it('of a time when nothing was done is whole too', () => {
    expect(again({ lines: [], events: [] })).toMatchObject({ status: 0 });
  });

  it('goes into an empty directory alone', () => {
    expect(() => writeBundle(dir, evidence)).toThrow("isn't empty");
  });
});

const kidOf = (events: readonly string[]): string => /"keyid":"([^"]*)"/.exec(events.at(-1)!)![1]!;

function makeEvidence(): Evidence {
  const source = new TestSource('/members/GB', null as never);
  const events = source.batch(released(uuid('a')), released(uuid('b')), released(uuid('c')));
  const { kid, publicJwk } = source.key;
  return {
    ...{ member: 'GB', from: at(0), to: at(60), exportedAt: at(61) },
    lines: log.map(({ text }) => text),
    events: events.map(({ value }) => value),
    keys: { member: 'GB', signingKeys: [{ kid, jwk: publicJwk, from: 1, until: null }] },
    heads: [{ number: 4, hash: log[3]!.hash, at: at(4) }],
  };
}
