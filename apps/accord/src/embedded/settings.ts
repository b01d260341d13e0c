import { Type, type Static } from '@sinclair/typebox';
import { THRESHOLDS_PATTERN } from '../../../joint-views/src/index.ts';
import { REQUESTS_PER_MINUTE } from '#platform';

/** What the environment may change of a product that runs in one process. */
export const EmbeddedSettings = Type.Object({
  ACCORD_LOG_LEVEL: Type.String({ default: 'warn', pattern: '^(trace|debug|info|warn|error|fatal|silent)$' }),
  /** How long a source may be quarantined or silent behind a hole before its records are withheld. */
  ACCORD_WITHHOLD_AFTER_SECONDS: Type.Integer({ default: 300, minimum: 0 }),
  /** How old the registry's word may be before reads are refused. */
  ACCORD_REGISTRY_MAX_AGE_SECONDS: Type.Integer({ default: 60, minimum: 1 }),
  /** What members take for a DNA hit: GB:8:3 is eight loci and quality 3. */
  ACCORD_DNA_THRESHOLDS: Type.String({ default: '', pattern: THRESHOLDS_PATTERN }),
  /** How often a node looks for records whose review date has come. */
  ACCORD_EXPIRY_INTERVAL_SECONDS: Type.Integer({ default: 3600, minimum: 1 }),
  /** How far ahead of its node's clock something may be said to have happened. */
  ACCORD_CLOCK_SKEW_SECONDS: Type.Integer({ default: 300, minimum: 0 }),
  /** How many requests a token may make in a minute at each service; 0: any number. */
  ACCORD_REQUESTS_PER_MINUTE: Type.Integer({ default: REQUESTS_PER_MINUTE, minimum: 0 }),
});
export type EmbeddedSettings = Static<typeof EmbeddedSettings>;
