import { Type, type Static } from '@sinclair/typebox';

/** What `accord prepare` is told by its environment. */
export const PrepareSettings = Type.Object({
  /** The issuer of a member's tokens, with {member} for its code: without it the built-in ones. */
  ISSUER_URL: Type.Optional(Type.String({ pattern: '^https?://.*\\{member\\}' })),
  /** Where that issuer's keys are fetched, as the services reach it. */
  JWKS_URL: Type.Optional(Type.String({ pattern: '^https?://.*\\{member\\}' })),
  /** { registry, views, nodes }: where the command line finds the services. */
  ENDPOINTS_FILE: Type.Optional(Type.String()),
});
export type PrepareSettings = Static<typeof PrepareSettings>;

/** What `accord databases` is told by its environment. */
export const DatabasesSettings = Type.Object({
  /** postgres://user@host:port/database of a superuser. */
  DATABASE_URL: Type.String({ pattern: '^postgres(ql)?://' }),
  DATABASE_PASSWORD: Type.Optional(Type.String()),
  DATABASE_PASSWORD_FILE: Type.Optional(Type.String()),
  /** Where it is set, Keycloak gets a database too. */
  KEYCLOAK_DATABASE_PASSWORD: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{16,}$' })),
});
export type DatabasesSettings = Static<typeof DatabasesSettings>;
