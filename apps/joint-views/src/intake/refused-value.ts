/**
 * Classes 22, 23 and 54: a value that doesn't fit its type, breaks a constraint or is too long for an index. What a
 * database refuses is told before, by pure code, so that a replay with other batches ends alike: this is the net below.
 */
export function isRefusedValue(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^(22|23|54)[0-9A-Z]{3}$/.test(code);
}
