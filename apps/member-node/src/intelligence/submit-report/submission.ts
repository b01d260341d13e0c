import type { Purpose } from '#contracts';
import type { Acting } from '../../records/records.ts';
import type { Touch } from '../../records/record-module.ts';
import type { Audience, Handling } from '../../records/release.ts';
import type { ReportContent, TearLineContent } from '../report.ts';

/** A release that was asked for, its audience resolved. */
export interface Terms {
  audience: Audience;
  purposes: readonly Purpose[];
  notBefore: string | null;
  tearLine?: { id: string; content: TearLineContent; audience: Audience };
}

/** A report that has passed every check that needs no other report. */
export interface Submission {
  id: string;
  acting: Acting;
  handling: Handling;
  content: ReportContent;
  /** Of the whole body: tells whether the same external id brings the same report. */
  fingerprint: string;
  touches: readonly Touch[];
  release: Terms | null;
}

/** Answers the first submission, also when it is sent again. */
export interface Submitted {
  id: string;
  version: number;
  /** Whether this very command made it. */
  created: boolean;
}

/** The version after a submission: each fact counts one. */
export const firstVersion = ({ release }: Submission): number => 1 + (release ? 1 : 0) + (release?.tearLine ? 1 : 0);
