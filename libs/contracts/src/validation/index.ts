export { validator } from './validator.ts';
export { pointer } from './pointer.ts';
export { isDate, isInstant } from './formats.ts';
