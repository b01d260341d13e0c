import { Type, type Static } from '@sinclair/typebox';
import { EVENT_STORE_SETTINGS } from '#event-store/configured';
import { EXCHANGE_SETTINGS } from '#exchange/configured';
import { serviceSettings } from '#platform';

/** The settings of a node that runs as a process of its own. Secrets come in files. */
export const Settings = Type.Object({
  MEMBER: Type.String({ pattern: '^[A-Z]{2}$' }),
  ...serviceSettings(4101),
  ...EVENT_STORE_SETTINGS,
  ...EXCHANGE_SETTINGS,
  VIEWS_URL: Type.String({ default: 'http://127.0.0.1:4100', pattern: '^https?://' }),
  /** { kid, publicJwk, privateJwk } */
  SIGNING_KEY_FILE: Type.String(),
  /** 32 random bytes or more, as base64url text. Must never change. */
  SECRET_FILE: Type.String(),
  /** [{ kid, publicJwk }]: what signs the registry's events */
  REGISTRY_KEYS_FILE: Type.String(),
  /** { issuer, jwks | jwksUri } of this member's tokens. */
  ISSUER_FILE: Type.String(),
  /** { issuer, jwks | jwksUri } of the task force's operators. */
  OPERATOR_ISSUER_FILE: Type.Optional(Type.String()),
  EXPIRY_INTERVAL_SECONDS: Type.Integer({ default: 3600, minimum: 1 }),
  CLOCK_SKEW_SECONDS: Type.Integer({ default: 300, minimum: 0 }),
});
export type Settings = Static<typeof Settings>;
