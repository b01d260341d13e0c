import type { Ask } from './running-node.ts';

/** What is sent, and what must come back. */
export interface Refused {
  name: string;
  method: string;
  path: string;
  sent: Ask;
  status: number;
  code: string;
  /** The field and the rule that are named, where the input has fields. */
  named: { path: string; rule: string } | null;
}

/** `answer`: status, code, and perhaps field (`-` for the whole) and rule. */
export const refused = (name: string, route: string, sent: Ask, answer: string): Refused => {
  const [method = '', path = ''] = route.split(' ');
  const [status, code = '', field, rule = ''] = answer.split(' ');
  const named = field === undefined ? null : { path: field === '-' ? '' : field, rule };
  return { name, method, path, sent, status: Number(status), code, named };
};
