// Verifies this bundle, with nothing but Node (20 or later): node verify.mjs [DIGEST]
// DIGEST is what "accord audit export" printed: the SHA-256 of manifest.json. What each check means: README.md.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const bytes = (name) => readFileSync(join(folder, name));
const json = (name) => JSON.parse(bytes(name).toString('utf8'));
const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const linesOf = (name) => {
  const text = bytes(name).toString('utf8');
  if (text === '') return [];
  if (!text.endsWith('\n')) fail(`${name}: the last line has no end`);
  return text.slice(0, -1).split('\n');
};

/** Ends at the first thing that is wrong. */
function fail(message) {
  console.error(`WRONG  ${message}`);
  process.exit(1);
}
const must = (is, message) => is || fail(message);
const ok = (message) => console.log(`ok     ${message}`);
const note = (message) => console.log(`note   ${message}`);

function manifestIsWhatWasExported(digest) {
  const manifest = json('manifest.json');
  if (digest === undefined) note('no digest was given: who made this bundle is not shown by it');
  else if (sha256(bytes('manifest.json')) !== digest.toLowerCase()) fail('manifest.json is not the one of this digest');
  else ok('manifest.json is the one of the digest');
  for (const [name, expected] of Object.entries(manifest.files)) {
    if (sha256(bytes(name)) !== expected) fail(`${name} is not the file that was exported`);
  }
  ok(`${Object.keys(manifest.files).length} files are those that were exported`);
  return manifest;
}

/** One after the other: numbered without a hole, each with the hash of the one before it. */
function follows(at, before, { number, previous }) {
  if (before === null) return;
  must(number === before.number + 1, `${at}: number ${number} follows ${before.number}`);
  must(previous === before.hash, `${at} does not follow the one before it`);
}

/** Each line is a JSON array: member, number, id, time, … and last the SHA-256 of the line before it. */
function logIsWhole({ member, log, to }) {
  const lines = linesOf('audit.ndjson');
  const seen = json('heads.json');
  const heads = new Map(seen.map(({ number, hash }) => [number, hash]));
  let before = null;
  let witnessed = 0;
  for (const [n, text] of lines.entries()) {
    const at = `audit.ndjson line ${n + 1}`;
    const line = JSON.parse(text);
    const said = { number: line[1], previous: line.at(-1) };
    must(line[0] === member, `${at} is not of ${member}`);
    follows(at, before, said);
    before = { number: said.number, hash: sha256(text) };
    if (!heads.has(said.number)) continue;
    must(heads.get(said.number) === before.hash, `${at} is not what ${member}'s node witnessed`);
    witnessed = said.number;
  }
  endsAt('audit.ndjson', before, log);
  // Clocks differ: what the node saw in the last minute may have been written after the end.
  const more = seen.find(
    ({ number, at }) => number > (before?.number ?? 0) && Date.parse(at) < Date.parse(to) - 60_000,
  );
  must(
    more === undefined || before === null,
    `audit.ndjson: ${member}'s node saw the log go on to ${more?.number} before its end`,
  );
  ok(`audit.ndjson: ${lines.length} lines, each follows the one before it`);
  ok(witnessed > 0 ? `${member}'s own node had witnessed the log up to number ${witnessed}` : 'not witnessed yet');
}

const HASH = /,"([0-9a-f]{64})"\]$/;

/** Each line is a JSON array: number, … the SHA-256 of the line before it, and last its own: of the text without it. */
function ownLogIsWhole({ member, consultations }) {
  const name = 'consultations.ndjson';
  must(
    consultations !== undefined,
    `manifest.json names no ${name}: what ${member}'s people read at its node is missing`,
  );
  const lines = linesOf(name);
  let before = null;
  for (const [n, text] of lines.entries()) {
    const at = `${name} line ${n + 1}`;
    const hash = HASH.exec(text)?.[1];
    const hashed = text.replace(HASH, ']');
    must(hash === sha256(hashed), `${at} is not what its hash was taken of`);
    const line = JSON.parse(hashed);
    const said = { number: line[0], previous: line.at(-1) };
    must(said.number !== 1 || said.previous === '0'.repeat(64), `${at} is the log's first and follows another`);
    follows(at, before, said);
    before = { number: said.number, hash };
  }
  endsAt(name, before, consultations);
  ok(`${name}: ${lines.length} lines, each follows the one before it: as ${member}'s node kept them`);
}

function endsAt(name, last, expected) {
  must((last === null ? null : last.hash) === expected.last, `${name} does not end where the export did`);
}

const SIGNATURE = /,"keyid":"([A-Za-z0-9._-]{1,128})","signature":"([A-Za-z0-9_-]{85}[AQgw])"\}$/;

/** Hashed is the text up to the signature; signed, by Ed25519, are the 32 bytes of the hash. */
function eventsAreSigned({ member, events }) {
  const lines = linesOf('events.ndjson');
  const keys = new Map(json('keys.json').signingKeys.map((key) => [key.kid, key]));
  const revoked = new Set();
  let before = null;
  let signed = true;
  let first = 0;
  for (const [n, text] of lines.entries()) {
    const at = `events.ndjson line ${n + 1}`;
    const signature = SIGNATURE.exec(text);
    signed = signature !== null;
    const unsigned = signed ? `${text.slice(0, signature.index)}}` : text;
    const { source, sequence, previous } = JSON.parse(unsigned);
    must(source === `/members/${member}`, `${at} is not of /members/${member}`);
    follows(at, before, { number: Number(sequence), previous });
    before = { number: Number(sequence), hash: sha256(unsigned) };
    first ||= before.number;
    if (!signed) continue;
    const key = keys.get(signature[1]);
    checkSignature(at, before, signature, key);
    for (let n = Math.max(first, key.until ?? Infinity); n <= before.number; n += 1) revoked.add(n);
    first = 0;
  }
  for (const said of rangesOf([...revoked]))
    note(`events ${said} are signed by a key revoked before: not ${member}'s word`);
  must(signed, 'events.ndjson ends in events that nobody signed');
  endsAt('events.ndjson', before, events);
  ok(`events.ndjson: ${lines.length} events, each follows the one before it, signed by ${member}`);
}

/** Numbers in their order as `3 to 5`, `9 to 9`. */
function rangesOf(numbers) {
  const starts = numbers.filter((n, i) => numbers[i - 1] !== n - 1);
  const ends = numbers.filter((n, i) => numbers[i + 1] !== n + 1);
  return starts.map((start, i) => `${start} to ${ends[i]}`);
}

/** A key that was revoked still holds the chain together. */
function checkSignature(at, { number, hash }, [, kid, signature], key) {
  must(key !== undefined, `${at} is signed by the key ${kid}, which is not in keys.json`);
  must(number >= key.from, `${at}: the key ${kid} does not sign there`);
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.jwk.x }, format: 'jwk' });
  const isValid = verify(null, Buffer.from(hash, 'hex'), publicKey, Buffer.from(signature, 'base64url'));
  must(isValid, `${at}: the signature is wrong`);
}

try {
  const manifest = manifestIsWhatWasExported(process.argv[2]);
  logIsWhole(manifest);
  ownLogIsWhole(manifest);
  eventsAreSigned(manifest);
} catch (error) {
  fail(`the bundle cannot be read: ${error.message}`);
}
console.log('The bundle is whole.');
