import { ensurePasswords } from '../distributed/passwords.ts';
import type { Home } from '../home/home.ts';

/** Who has a process, a database and a Kafka principal: the registry, the joint views, and each member. */
export const ownersOf = (codes: readonly string[]): string[] => ['registry', 'joint-views', ...codes];

/** The passwords of all owners, kept in the data directory; those of Kafka have the administrator's, too. */
export const ownersPasswords = (
  home: Home,
  codes: readonly string[],
): { kafka: Record<string, string>; postgres: Record<string, string> } => ({
  kafka: ensurePasswords(home, 'kafka', ['admin', ...ownersOf(codes)]),
  postgres: ensurePasswords(home, 'postgres', ownersOf(codes)),
});
