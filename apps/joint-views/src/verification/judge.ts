import { decide } from '#access-policy';
import type { Classification, Purpose, Role } from '#contracts';
import { appliedOf, type Entry } from '../consultation/entry.ts';
import {
  lastStep,
  registryAt,
  type RecordTimeline,
  type RegistryTimeline,
  type Step,
} from '../disclosures/timeline.ts';
import { AGREEMENTS_SOURCE, MEMBERS_SOURCE, sourceOf } from '../intake/sources.ts';

/** What a line is judged by: two members may have used one id, so a record may have more than one history. */
export interface Histories {
  records: ReadonlyMap<string, readonly RecordTimeline[]>;
  registry: RegistryTimeline;
}

/**
 * Why the access rule would not have served this record to whom the line names, by what the views had applied then; null:
 * it would. `unknown`: nothing that they had applied made such a record.
 */
export function whyNot(entry: Entry, record: string, histories: Histories): string | null {
  const applied = appliedOf(entry);
  let why: string | null = 'unknown';
  for (const { originator, steps } of histories.records.get(record) ?? []) {
    const step = lastStep(steps, upTo(applied[sourceOf(originator)]));
    if (!step) continue;
    const registry = registryAt(histories.registry, {
      members: upTo(applied[MEMBERS_SOURCE]),
      agreements: upTo(applied[AGREEMENTS_SOURCE]),
    });
    const decision = decide(step.state, viewerOf(entry), registry, Date.parse(entry.at));
    if (decision.decision === 'permit') return null;
    why = decision.code;
  }
  return why;
}

const upTo =
  (sequence = 0) =>
  (step: Step<unknown>) =>
    step.sequence <= sequence;

const viewerOf = ({ member, roles, clearance, purpose }: Entry) => ({
  member,
  roles: roles as Role[],
  clearance: clearance as Classification,
  purpose: purpose as Purpose,
});
