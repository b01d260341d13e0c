import type { Static } from '@sinclair/typebox';
import { DocumentAlertFields } from '../../schemas/documents.ts';
import * as f from '../../schemas/fields.ts';
import { systemContent } from '../../schemas/systems.ts';

export const ALERT_STAGES = ['in-force', 'withdrawn'] as const;

/** A document's entry in the register, whole. */
export const DocumentAlertContent = systemContent({ ...DocumentAlertFields, stage: f.oneOf(ALERT_STAGES) });
export type DocumentAlertContent = Static<typeof DocumentAlertContent>;
