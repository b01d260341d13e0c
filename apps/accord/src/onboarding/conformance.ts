import type { Candidate } from './candidate.ts';

export interface Check {
  name: string;
  passed: boolean;
  detail?: string;
}

export interface Report {
  member: string;
  node: string;
  at: string;
  checks: Check[];
}

/** What a node must do before its member is let in. */
export const checkNode = async (candidate: Candidate): Promise<Report> => {
  const node = candidate.node(candidate.code);
  const checks: Check[] = [];
  const health = await fetch(`${node}/health`).catch(() => null);
  checks.push({ name: 'it answers', passed: health?.ok === true });
  return { member: candidate.code, node, at: new Date().toISOString(), checks };
};
