import { hash } from 'node:crypto';

const BLOCK = 64;
const HASH = 32;
const INNER = 0x36;
const OUTER = 0x5c;
/** Texts up to here need no new memory. */
const USUAL_BYTES = 16 * 1024;

/**
 * HMAC-SHA256 of many texts under one key (RFC 2104). By two plain hashes, because making an object for each costs more
 * than the hashing does.
 */
export class KeyedHash {
  // Of their own, so that what is made of the key never gets into memory that is handed out again.
  readonly #inner = Buffer.alloc(BLOCK + USUAL_BYTES);
  readonly #outer = Buffer.alloc(BLOCK + HASH);

  constructor(key: Uint8Array) {
    const block = Buffer.alloc(BLOCK);
    block.set(key.length > BLOCK ? hash('sha256', key, 'buffer') : key);
    block.forEach((byte, n) => {
      this.#inner[n] = byte ^ INNER;
      this.#outer[n] = byte ^ OUTER;
    });
    block.fill(0);
  }

  /** Base64url of a text's keyed hash. */
  of(text: string): string {
    const bytes = this.#withText(text);
    this.#outer.set(hash('sha256', bytes, 'buffer'), BLOCK);
    return hash('sha256', this.#outer, 'base64url');
  }

  #withText(text: string): Buffer {
    const length = Buffer.byteLength(text);
    const long = length > USUAL_BYTES;
    const bytes = long ? Buffer.alloc(BLOCK + length) : this.#inner;
    if (long) this.#inner.copy(bytes, 0, 0, BLOCK);
    bytes.write(text, BLOCK, 'utf8');
    return bytes.subarray(0, BLOCK + length);
  }
}
