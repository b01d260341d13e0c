import { segment } from '../validation/pointer.ts';

/** Deeper nesting than any body of Accord has by far; what goes over it is an attack or a mistake. */
export const MAX_DEPTH = 32;

/** Names that change an object's prototype where a careless copy follows. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** What a parsed value holds that no body may. */
export interface ValueFlaw {
  path: string;
  rule: 'forbidden-key' | 'well-formed' | 'no-nul' | 'depth' | 'number';
}

/** Whether strings may hold what only escapes can bring: lone surrogates and NUL. Spares most texts the check. */
let escapes = false;

/** How many names all objects of a parsed value have together; NaN where something in it is flawed (it spreads by `+`). */
export function tally(value: unknown, hasEscapes: boolean): number {
  escapes = hasEscapes;
  return tallyValue(value, 1);
}

function tallyValue(value: unknown, depth: number): number {
  if (typeof value === 'object' && value !== null) return tallyContainer(value, depth);
  return scalarFlaw(value) ? NaN : 0;
}

function tallyContainer(value: object, depth: number): number {
  if (depth > MAX_DEPTH) return NaN;
  return Array.isArray(value) ? tallyArray(value, depth) : tallyObject(value as Record<string, unknown>, depth);
}

function tallyArray(array: unknown[], depth: number): number {
  let names = 0;
  for (let i = 0; i < array.length; i++) names += tallyValue(array[i], depth + 1);
  return names;
}

function tallyObject(object: Record<string, unknown>, depth: number): number {
  const keys = Object.keys(object);
  let names = keys.length;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (FORBIDDEN.has(key) || (escapes && stringFlaw(key))) return NaN;
    names += tallyValue(object[key], depth + 1);
  }
  return names;
}

function scalarFlaw(value: unknown): ValueFlaw['rule'] | null {
  if (typeof value === 'string') return escapes ? stringFlaw(value) : null;
  return typeof value === 'number' && !Number.isFinite(value) ? 'number' : null;
}

function stringFlaw(text: string): 'well-formed' | 'no-nul' | null {
  if (!text.isWellFormed()) return 'well-formed';
  return text.includes('\0') ? 'no-nul' : null;
}

/** The first flaw of a value, with its place. The second pass, for a value that was just tallied as NaN. */
export function findValueFlaw(value: unknown, path = '', depth = 1): ValueFlaw | null {
  if (typeof value !== 'object' || value === null) return at(path, scalarFlaw(value));
  return depth > MAX_DEPTH ? { path, rule: 'depth' } : findMemberFlaw(value, path, depth);
}

function findMemberFlaw(container: object, path: string, depth: number): ValueFlaw | null {
  for (const [key, member] of Object.entries(container)) {
    const inside = path + segment(key);
    const flaw = at(inside, nameFlaw(key)) ?? findValueFlaw(member, inside, depth + 1);
    if (flaw) return flaw;
  }
  return null;
}

function nameFlaw(key: string): ValueFlaw['rule'] | null {
  return FORBIDDEN.has(key) ? 'forbidden-key' : stringFlaw(key);
}

function at(path: string, rule: ValueFlaw['rule'] | null): ValueFlaw | null {
  return rule && { path, rule };
}
