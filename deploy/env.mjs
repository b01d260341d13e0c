// `node deploy/env.mjs > .env`: .env.example with a secret of its own in the place of each that is empty.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

const BYTES = 24;
const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
const filled = example.replace(/^(\w+_(?:PASSWORD|SECRET))=$/gm, (_, name) => `${name}=${secret()}`);
process.stdout.write(filled);

/** Letters and digits only: safe in URLs, properties, shells and .env files. */
function secret() {
  return randomBytes(BYTES).toString('hex');
}
