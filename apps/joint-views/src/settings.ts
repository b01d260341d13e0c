import { Type, type Static } from '@sinclair/typebox';
import { EXCHANGE_SETTINGS } from '#exchange/configured';
import { serviceSettings } from '#platform';
import { THRESHOLDS_PATTERN } from './dna/thresholds.ts';

/** The settings of joint views that run as a process of their own. Keys come in files. */
export const Settings = Type.Object({
  ...serviceSettings(4100),
  ...EXCHANGE_SETTINGS,
  /** [{ kid, publicJwk }]: what signs the registry's events */
  REGISTRY_KEYS_FILE: Type.String(),
  /** { issuer, jwks | jwksUri } of the task force's operators. */
  OPERATOR_ISSUER_FILE: Type.String(),
  WITHHOLD_AFTER_SECONDS: Type.Integer({ default: 300, minimum: 0 }),
  REGISTRY_MAX_AGE_SECONDS: Type.Integer({ default: 300, minimum: 1 }),
  /** What a member takes for a DNA hit: GB:8:3 is eight loci and quality 3. */
  DNA_THRESHOLDS: Type.String({ default: '', pattern: THRESHOLDS_PATTERN }),
});
export type Settings = Static<typeof Settings>;
