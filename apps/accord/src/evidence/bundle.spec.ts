import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { hashOf, newSigningKey, sign, ZERO_HASH } from '#contracts';
import { hashOfEntry, NO_ENTRY, textOfEntry } from '../../../joint-views/src/consultation/entry.ts';
import { hashOfConsultation } from '../../../member-node/src/audit/consultations.ts';
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

/** As the node of GB kept them, literally: `[number,id,at,by,event,records,hash of the line before,own hash]`. */
const OWN = [
  '[1,"0196d3a4-5b00-7000-8000-000000000101","2025-05-15T10:00:00.000Z","officer-1","report-listed",["0196d3a4-5b00-7000-8000-00000000000a","0196d3a4-5b00-7000-8000-00000000000b"],"0000000000000000000000000000000000000000000000000000000000000000","b5ca9ce4f176b4093dd76881861e76c85d2b0350fd10e356bccc16ad3d890f12"]',
  '[2,"0196d3a4-5b00-7000-8000-000000000102","2025-05-15T10:00:07.250Z","officer-1","report-read",["0196d3a4-5b00-7000-8000-00000000000a"],"b5ca9ce4f176b4093dd76881861e76c85d2b0350fd10e356bccc16ad3d890f12","e26188f392580d3392335c75ffb05b25471cac382818d2c74b97b4d34ad01384"]',
  '[3,"0196d3a4-5b00-7000-8000-000000000103","2025-05-15T10:04:00.000Z","oficer-č","report-read",["0196d3a4-5b00-7000-8000-00000000000b"],"e26188f392580d3392335c75ffb05b25471cac382818d2c74b97b4d34ad01384","f9f11fc1bd9ac4c88679424983576ab596559126b02e30f5cdce2382e523ffd0"]',
  '[4,"0196d3a4-5b00-7000-8000-000000000104","2025-05-15T10:05:00.000Z","officer-1","operation-read",["0196d3a4-5b00-7000-8000-00000000000c"],"f9f11fc1bd9ac4c88679424983576ab596559126b02e30f5cdce2382e523ffd0","6acd46da06b26c3d6afe0c1b46fc8f2f95614060e9ca4c96cf96cf6ebde4a6dd"]',
];

const without = <T>(list: readonly T[], index: number) => list.filter((_, i) => i !== index);
const swapped = <T>(list: readonly T[], i: number) => list.toSpliced(i, 2, list[i + 1]!, list[i]!);

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

  it('verifies by its own command, and says what it checked', () => {
    expect(verify()).toMatchObject({ status: 0, said: expect.stringContaining('The bundle is whole.') });
    expect(verify().said).toContain('witnessed the log up to number 4');
    expect(verify([])).toMatchObject({ status: 0, said: expect.stringContaining('no digest was given') });
  });

  it.each([
    'audit.ndjson',
    'consultations.ndjson',
    'events.ndjson',
    'keys.json',
    'heads.json',
    'README.md',
    'manifest.json',
  ])('shows a change of %s', (name) => {
    change(name, (text) => text.replace(/[aeiou](?=[^aeiou]*$)/, 'x'));
    expect(verify().status).toBe(1);
  });

  it('shows what was left out, put elsewhere or changed in the log, whatever its manifest says', () => {
    const { lines } = evidence;
    expect(again({ lines: without(lines, 2) })).toMatchObject({ status: 1, said: expect.stringContaining('line 3') });
    expect(again({ lines: swapped(lines, 1) }).status).toBe(1);
    expect(again({ lines: lines.map((line) => line.replace(at(3), at(4))) }).status).toBe(1);
    expect(again({ heads: [{ number: 4, hash: ZERO_HASH }] }).said).toContain('witnessed');
  });

  it('holds what was read at the own node, from any line on, by the hash that the node takes', () => {
    for (const text of OWN) {
      const [number, id, at, actor, event, records, previous, hash] = JSON.parse(text);
      expect(hashOfConsultation({ number, id, at, actor, event, records, previous })).toBe(hash);
    }
    expect(verify().said).toContain('consultations.ndjson: 4 lines');
    expect(again({ consultations: OWN.slice(1) })).toMatchObject({ status: 0 });
    expect(again({ consultations: [] }).said).toContain('consultations.ndjson: 0 lines');
  });

  const rehashed = (text: string) => {
    const [number, id, at, actor, event, records, previous] = JSON.parse(text);
    const hash = hashOfConsultation({ number, id, at, actor, event, records, previous });
    return JSON.stringify([number, id, at, actor, event, records, previous, hash]);
  };
  const another = rehashed(OWN[1]!.replace('report-read', 'report-listed'));
  it.each([
    ['changed', 2, 'not what its hash', OWN.with(1, OWN[1]!.replace('officer-1', 'officer-2'))],
    ['changed, the last', 4, 'not what its hash', OWN.with(3, OWN[3]!.replace('10:05', '10:06'))],
    ['changed, with its hash made anew', 3, 'does not follow', OWN.with(1, another)],
    ['dropped', 2, 'number 3 follows 1', without(OWN, 1)],
    ['dropped, the numbers made anew', 2, 'not what its hash', [OWN[0]!, OWN[2]!.replace('[3,', '[2,')]],
    ['dropped, numbers and hashes made anew', 2, 'does not follow', [OWN[0]!, rehashed(OWN[2]!.replace('[3,', '[2,'))]],
    ['put elsewhere', 2, 'number 3 follows 1', swapped(OWN, 1)],
    ['inserted', 3, 'number 2 follows 2', OWN.toSpliced(2, 0, another)],
    ['inserted, twice the same', 2, 'number 1 follows 1', OWN.toSpliced(1, 0, OWN[0]!)],
    ['before the first', 1, 'follows another', [rehashed(OWN[0]!.replace(/"0{64}"/, `"${'1'.repeat(64)}"`))]],
    ['without a hash', 3, 'not what its hash', OWN.with(2, OWN[2]!.replace(/,"[^"]*"\]$/, ']'))],
  ])('names a line of the own node’s log that was %s, whatever its manifest says', (_, line, said, consultations) => {
    const { status, said: answer } = again({ consultations });
    expect([status, answer]).toEqual([1, expect.stringContaining(`consultations.ndjson line ${line}`)]);
    expect(answer).toContain(said);
  });

  it('shows that the own node’s log was cut at its end, or is missing', () => {
    change('manifest.json', (text) => text.replace(/"consultations.ndjson": .*\n/, ''));
    change('consultations.ndjson', (text) => text.replace(/.*\n$/, ''));
    expect(verify([])).toMatchObject({ status: 1, said: expect.stringContaining('does not end where the export did') });
    change('manifest.json', (text) => text.replace(/"consultations": \{[^}]*\},/, ''));
    expect(verify([])).toMatchObject({
      status: 1,
      said: expect.stringContaining('people read at its node is missing'),
    });
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
    consultations: OWN,
    events: events.map(({ value }) => value),
    keys: { member: 'GB', signingKeys: [{ kid, jwk: publicJwk, from: 1, until: null }] },
    heads: [{ number: 4, hash: log[3]!.hash, at: at(4) }],
  };
}
