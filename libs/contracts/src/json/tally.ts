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

/**
 * How many names all objects of a parsed value have together; NaN where something in it is flawed (it spreads by `+`).
 * `careful`: look into strings and names too. Most texts show at a glance that no flaw can hide there.
 */
export function tally(value: unknown, careful: boolean, depth = 1): number {
  if (typeof value === 'object' && value !== null) return tallyContainer(value, careful, depth);
  return scalarFlaw(value, careful) ? NaN : 0;
}

function tallyContainer(value: object, careful: boolean, depth: number): number {
  if (depth > MAX_DEPTH) return NaN;
  if (!Array.isArray(value)) return tallyObject(value as Record<string, unknown>, careful, depth);
  let names = 0;
  for (let i = 0; i < value.length; i++) names += tally(value[i], careful, depth + 1);
  return names;
}

function tallyObject(object: Record<string, unknown>, careful: boolean, depth: number): number {
  let names = 0;
  // The quickest way through what JSON.parse made, which has no enumerable ancestors.
  for (const name in object) {
    if (careful && nameFlaw(name)) return NaN;
    const member = object[name];
    names += typeof member === 'string' && !careful ? 1 : 1 + tally(member, careful, depth + 1);
  }
  return names;
}

/** Whether a text may hold what only names and escapes bring in: then its strings and names are looked into. */
export function needsCare(text: string): boolean {
  const named = text.includes('__proto__') || text.includes('constructor') || text.includes('prototype');
  return named || text.includes('\\u') || !text.isWellFormed();
}

function scalarFlaw(value: unknown, careful = true): ValueFlaw['rule'] | null {
  if (typeof value === 'string') return careful ? stringFlaw(value) : null;
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
