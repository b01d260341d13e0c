export { canonicalJson } from './canonical.ts';
export { parseStrictJson } from './parse.ts';
