import type { Append, AppendOutcome } from '../port.ts';

/** What becomes of appends, and the versions of the streams that they changed. */
export interface Judgement {
  outcomes: AppendOutcome[];
  changed: Map<string, number>;
}

/**
 * Judges appends one after the other against the streams' versions (a stream that isn't there is at 0), so that a later
 * append of the same call sees what an earlier one did.
 */
export function judge(appends: readonly Append[], versions: ReadonlyMap<string, number>): Judgement {
  const changed = new Map<string, number>();
  const outcomes = appends.map((append): AppendOutcome => {
    const current = changed.get(append.stream) ?? versions.get(append.stream) ?? 0;
    if (!isExpected(append, current)) return { ok: false, current };
    const version = current + append.events.length;
    if (version > current) changed.set(append.stream, version);
    return { ok: true, version };
  });
  return { outcomes, changed };
}

function isExpected({ expected }: Append, current: number): boolean {
  if (expected === 'any') return true;
  return current === (expected === 'no-stream' ? 0 : expected);
}
