export { foldName } from './fold.ts';
export { nameKeys, tokenKeys } from './keys.ts';
