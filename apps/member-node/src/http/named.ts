import type { Type } from '@nestjs/common';

/** OpenAPI names an endpoint by its class: one that a function makes is given a name of its own. */
export const named = <T extends Type>(type: T, ...words: string[]): T => {
  const parts = words.join(' ').split(/[^a-z]+/i);
  const name = parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  return Object.defineProperty(type, 'name', { value: `${name}Controller` });
};
