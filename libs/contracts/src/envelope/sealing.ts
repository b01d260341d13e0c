import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { randomOf } from '../ids/random.ts';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What was sealed can't be read with this key, as this record and event. Tells no more, by intent. */
export class SealBroken extends Error {
  constructor() {
    super('The sealed content cannot be opened');
    this.name = 'SealBroken';
  }
}

/** A fresh key for one record: 32 random bytes. */
export function newKey(): Uint8Array {
  return randomOf(KEY_BYTES);
}

/**
 * Encrypts a text under a record's key, bound to the record and the event that carries it (AES-256-GCM; both ids are
 * authenticated). Base64 of iv (12 bytes), ciphertext, tag (16 bytes). Two seals of one text differ.
 */
export function seal(key: Uint8Array, record: string, eventId: string, text: string): string {
  return sealWith(randomOf(IV_BYTES), { key, record, eventId, text });
}

/** `seal` with a given iv: an iv used twice under one key breaks the cipher, so this is for test vectors alone. */
export function sealWith(
  iv: Uint8Array,
  { key, record, eventId, text }: { key: Uint8Array; record: string; eventId: string; text: string },
): string {
  const cipher = createCipheriv(ALGORITHM, keyObjectOf(key), iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(record, eventId));
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** The text that was sealed. Throws SealBroken for a wrong key, record or event, and for bytes that were changed. */
export function open(key: Uint8Array, record: string, eventId: string, sealed: string): string {
  try {
    const bytes = Buffer.from(sealed, 'base64');
    const end = bytes.length - TAG_BYTES;
    const decipher = createDecipheriv(ALGORITHM, keyObjectOf(key), bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(boundTo(record, eventId));
    decipher.setAuthTag(bytes.subarray(end));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, end)), decipher.final()]).toString('utf8');
  } catch {
    throw new SealBroken();
  }
}

/** A record's key seals several things in a row. */
const keyObjects = new WeakMap<Uint8Array, KeyObject>();

function keyObjectOf(key: Uint8Array): KeyObject {
  let object = keyObjects.get(key);
  if (!object) keyObjects.set(key, (object = createSecretKey(key)));
  return object;
}

// Ids hold no line break, so no two pairs have one binding.
function boundTo(record: string, eventId: string): Buffer {
  return Buffer.from(`${record}\n${eventId}`, 'utf8');
}
