import type { Candidate } from './candidate.ts';
import type { MemberFile } from './member-file.ts';

/** In their order. */
const STATES = ['none', 'proposed', 'approved', 'keys-registered', 'conformance-passed', 'active'] as const;
type State = (typeof STATES)[number];

const HEALTH_MS = 10_000;

/** Whether a country has come as far as a state, or further. */
export const isPast = async (candidate: Candidate, state: State): Promise<boolean> => {
  const now = await candidate.state();
  const at = STATES.indexOf(now as State);
  if (at < 0) throw new Error(`${candidate.code} is ${now}: it is not for onboarding any more.`);
  return at >= STATES.indexOf(state);
};

/** What it is proposed by. Throws where nothing is known of it. */
export const whoItIs = ({ code, file }: Candidate): MemberFile => {
  if (!file) throw new Error(`${code} is not proposed: say who it is with --member-file.`);
  return file;
};

/** Throws where its node can't be checked yet, or not any more, with what is to be done: a node's answer would be a bare 409. */
export const mustBeCheckable = async (candidate: Candidate): Promise<void> => {
  const { code } = candidate;
  if (await isPast(candidate, 'active')) {
    throw new Error(
      `${code} is active: it passed its check before that, and a node is not checked any more once its member is. ` +
        `What its node said since, \`accord verify\` checks; what was checked stands in the history of ${code} at the registry.`,
    );
  }
  if (await isPast(candidate, 'keys-registered')) return;
  const state = await candidate.state();
  const how = state === 'none' ? 'no member yet' : `only ${state}`;
  throw new Error(
    `${code} is ${how}: its node can be checked once it is approved by every active member and its keys are registered. ` +
      `\`accord onboard ${code}\` does what is missing, checks its node and goes on.`,
  );
};

/**
 * Throws where its node will have to be checked and doesn't answer. Asked before the first step: a proposal, approvals and
 * keys are never taken back.
 */
export const mustBeReachable = async (candidate: Candidate): Promise<void> => {
  if (await isPast(candidate, 'conformance-passed')) return;
  if (!(await isPast(candidate, 'proposed'))) whoItIs(candidate);
  const { code } = candidate;
  const node = candidate.findNode(code);
  const wrong = node === undefined ? `Where ${code}'s node answers is not known.` : await silence(code, node);
  if (wrong === null) return;
  throw new Error(
    `${wrong} Nothing was done. Start it first (\`accord start --member-file FILE\` starts one beside the others), ` +
      'or say where it answers: as "node" in --member-file.',
  );
};

/** What is wrong with how a node answers, or null. */
const silence = async (code: string, node: string): Promise<string | null> => {
  try {
    const { ok, status } = await fetch(`${node}/health`, { signal: AbortSignal.timeout(HEALTH_MS) });
    return ok ? null : `${code}'s node at ${node} answers ${status} when asked for its health.`;
  } catch {
    return `${code}'s node doesn't answer at ${node}.`;
  }
};
