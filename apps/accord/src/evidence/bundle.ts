import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readmeOf } from './readme.ts';

/** What is exported, read to its end. */
export interface Evidence {
  member: string;
  from: string;
  to: string;
  exportedAt: string;
  /** Texts of the log's lines; of those that the member's own node wrote, each with its hash at its end; of events. */
  lines: readonly string[];
  consultations: readonly string[];
  events: readonly string[];
  keys: object;
  heads: readonly object[];
}

const SCRIPT = new URL('./verify.mjs', import.meta.url);
const HASH = /,"[^"]*"\]$/;
const SIGNATURE = /,"keyid":"[^"]*","signature":"[^"]*"\}$/;
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const ndjson = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');
const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Writes a bundle into a folder that is empty or isn't there. Answers the digest that shows it to be this one. */
export function writeBundle(dir: string, evidence: Evidence): string {
  const { lines, consultations, events, keys, heads, ...about } = evidence;
  if (existsSync(dir) && readdirSync(dir).length > 0) throw new Error(`${dir} isn't empty.`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const write = (name: string, text: string) => writeFileSync(join(dir, name), text, { mode: 0o600 });
  write('audit.ndjson', ndjson(lines));
  write('consultations.ndjson', ndjson(consultations));
  write('events.ndjson', ndjson(events));
  write('keys.json', pretty(keys));
  write('heads.json', pretty(heads));
  write('README.md', readmeOf(about));
  cpSync(SCRIPT, join(dir, 'verify.mjs'));
  const chains = ['audit.ndjson', 'consultations.ndjson', 'events.ndjson'];
  const names = [...chains, 'keys.json', 'heads.json', 'README.md', 'verify.mjs'];
  const manifest = pretty({
    ...about,
    log: { lines: lines.length, last: hashOfLast(lines) },
    consultations: {
      lines: consultations.length,
      last: hashOfLast(consultations.map((text) => text.replace(HASH, ']'))),
    },
    events: { lines: events.length, last: hashOfLast(events.map((text) => text.replace(SIGNATURE, '}'))) },
    files: Object.fromEntries(names.map((name) => [name, sha256(readFileSync(join(dir, name)))])),
  });
  write('manifest.json', manifest);
  return sha256(manifest);
}

const hashOfLast = (texts: readonly string[]): string | null => {
  const last = texts.at(-1);
  return last === undefined ? null : sha256(last);
};
