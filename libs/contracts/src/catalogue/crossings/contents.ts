import type { Static } from '@sinclair/typebox';
import { countFields } from '../../schemas/crossings.ts';
import { systemContent } from '../../schemas/systems.ts';

/** One count, whole: of a `date`, or of a `period` that is a month or a week. */
export const CrossingContent = systemContent(countFields);
export type CrossingContent = Static<typeof CrossingContent>;
