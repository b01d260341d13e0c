import { Type, type Static } from '@sinclair/typebox';
import { EVENT_STORE_SETTINGS } from '#event-store/configured';
import { EXCHANGE_SETTINGS } from '#exchange/configured';
import { serviceSettings } from '#platform';

/** The settings of a registry that runs as a process of its own. Secrets come in files. */
export const Settings = Type.Object({
  ...serviceSettings(4000),
  ...EVENT_STORE_SETTINGS,
  ...EXCHANGE_SETTINGS,
  /** { kid, publicJwk, privateJwk } */
  SIGNING_KEY_FILE: Type.String(),
  /** 32 random bytes or more, as text. */
  SECRET_FILE: Type.String(),
  /** Between two words to readers that they are up to date. */
  HEARTBEAT_SECONDS: Type.Integer({ default: 5, minimum: 1 }),
  /** The founding members; read when the store is empty. */
  FOUNDERS_FILE: Type.Optional(Type.String()),
  /** { issuer, jwks | jwksUri } of the task force's operators. */
  OPERATOR_ISSUER_FILE: Type.Optional(Type.String()),
});
export type Settings = Static<typeof Settings>;
