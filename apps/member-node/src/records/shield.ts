import type { Shield } from '#contracts';

export const NO_SHIELD: Shield = [];

/** Everyone whom either keeps out. A shield only grows, so this is the one way to change one. */
export const unionShields = (...shields: readonly Shield[]): Shield => {
  if (shields.includes('ALL')) return 'ALL';
  return [...new Set((shields as readonly string[][]).flat())].sort();
};

/** Whether `wider` keeps out everyone whom `shield` keeps out. */
export const covers = (wider: Shield, shield: Shield): boolean => {
  if (wider === 'ALL') return true;
  return shield !== 'ALL' && shield.every((country) => wider.includes(country));
};
