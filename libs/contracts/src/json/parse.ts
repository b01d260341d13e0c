import { isUtf8 } from 'node:buffer';
import { InvalidRequest } from '../problems/problem.ts';
import { findTextFlaw } from './scan.ts';
import { findValueFlaw, MAX_DEPTH, needsCare, tally } from './tally.ts';

const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

const MESSAGES = {
  'forbidden-key': 'This field name is not allowed.',
  'well-formed': 'The text holds half of a surrogate pair, which is no character.',
  'no-nul': 'The text holds the character U+0000.',
  depth: `The value is nested more than ${MAX_DEPTH} levels deep.`,
  number: 'The number is too large.',
} as const;

/**
 * JSON.parse for what comes from outside. Besides the grammar it refuses, with the place and the rule: a byte order mark
 * (`no-bom`), bytes that aren't UTF-8 (`utf-8`), a name given twice in one object (`duplicate-key`), names that reach a
 * prototype (`forbidden-key`), lone surrogates (`well-formed`), U+0000 (`no-nul`), nesting beyond 32 (`depth`) and numbers
 * that overflow (`number`). Throws InvalidRequest, never echoing content.
 */
export function parseStrictJson(input: string | Uint8Array): unknown {
  const text = typeof input === 'string' ? input : decode(input);
  if (text.charCodeAt(0) === 0xfeff) throw refusal('', 'no-bom', 'The text begins with a byte order mark.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw syntaxRefusal(text);
  }
  // A duplicate leaves no trace in the parsed value: but then it has fewer names than the text has colons after strings.
  const names = tally(value, needsCare(text));
  if (names !== atMostNames(text) && names !== countNames(text)) throw flawRefusal(text, value);
  return value;
}

// Asking first and then decoding leniently costs half of what a strict TextDecoder does.
function decode(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw refusal('', 'utf-8', 'The text is not valid UTF-8.');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/**
 * How many colons of a valid JSON text follow a quotation mark: its names, duplicates counted, and now and then more (a
 * string that begins with a colon). Never fewer, so where it equals the names that were parsed, none stands twice.
 */
function atMostNames(text: string): number {
  let names = 0;
  for (let i = text.indexOf(':'); i >= 0; i = text.indexOf(':', i + 1)) {
    let before = i - 1;
    while (text.charCodeAt(before) <= SPACE) before -= 1;
    if (text.charCodeAt(before) === QUOTE) names += 1;
  }
  return names;
}

/** The same, exactly and slower. */
function countNames(text: string): number {
  let names = 0;
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) inside = !inside;
    else if (inside) i += code === BACKSLASH ? 1 : 0;
    else if (code === COLON) names += 1;
  }
  return names;
}

function flawRefusal(text: string, value: unknown): InvalidRequest {
  const flaw = findValueFlaw(value);
  if (flaw) return refusal(flaw.path, flaw.rule, MESSAGES[flaw.rule]);
  const twice = findTextFlaw(text);
  return refusal(twice?.kind === 'duplicate' ? twice.path : '', 'duplicate-key', 'This field is given more than once.');
}

function syntaxRefusal(text: string): InvalidRequest {
  if (text.trim() === '') return refusal('', 'json', 'The text is empty; JSON was expected.');
  const flaw = findTextFlaw(text);
  const before = text.slice(0, flaw?.kind === 'syntax' ? flaw.offset : 0);
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n');
  return refusal('', 'json', `The text is not valid JSON: see line ${line}, column ${column}.`);
}

function refusal(path: string, rule: string, message: string): InvalidRequest {
  return new InvalidRequest([{ path, rule, message }]);
}
