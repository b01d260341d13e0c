import { sign as signBytes, verify as verifyBytes } from 'node:crypto';
import type { PublicJwk, SigningKey } from '../envelope/index.ts';
import { privateKeyOf, publicKeyOf } from '../envelope/signing-keys.ts';

/**
 * That at `time` all that the registry had stored of a source was on the exchange, up to this event. Told beside the
 * source, so that readers know how old their knowledge is also when nothing changes. It makes nothing true by itself: who
 * has not applied that very event, or a later one, knows by it that something is missing.
 */
export interface Heartbeat {
  source: string;
  /** Of the source's last event; 0 before the first. */
  sequence: number;
  /** That event's; zeros before the first. */
  hash: string;
  /** RFC 3339, UTC. */
  time: string;
}

/** What is signed begins with this, so that no signature of a heartbeat is ever one of an event, nor the other way. */
const FORM =
  /^\{"heartbeat":"accord\.registry\.heartbeat\.v1","source":"(\/registry\/[a-z]+)","sequence":(0|[1-9]\d{0,15}),"hash":"([0-9a-f]{64})","time":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"\}$/;
const SIGNED = /^(\{.*),"keyid":"([A-Za-z0-9._-]{1,128})","signature":"([A-Za-z0-9_-]{86})"\}$/;

/** The heartbeat's text, signed. */
export function signHeartbeat({ source, sequence, hash, time }: Heartbeat, { kid, privateJwk }: SigningKey): string {
  const text = JSON.stringify({ heartbeat: 'accord.registry.heartbeat.v1', source, sequence, hash, time });
  if (!FORM.test(text)) throw new Error(`No heartbeat: ${source} ${sequence} ${time}`);
  const signature = signBytes(null, Buffer.from(text), privateKeyOf(privateJwk)).toString('base64url');
  return `${text.slice(0, -1)},"keyid":"${kid}","signature":"${signature}"}`;
}

/** What a text says, where one of these keys signed it; null for all else. */
export function readHeartbeat(text: string, keys: readonly { kid: string; publicJwk: PublicJwk }[]): Heartbeat | null {
  const [, start, keyid, signature] = SIGNED.exec(text) ?? [];
  const unsigned = `${start}}`;
  const said = FORM.exec(unsigned);
  const key = keys.find(({ kid }) => kid === keyid);
  if (!said || !key || !isSigned(unsigned, signature!, key.publicJwk)) return null;
  const [, source, sequence, hash, time] = said as unknown as [string, string, string, string, string];
  return { source, sequence: Number(sequence), hash, time };
}

function isSigned(text: string, signature: string, publicJwk: PublicJwk): boolean {
  try {
    return verifyBytes(null, Buffer.from(text), publicKeyOf(publicJwk), Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}
