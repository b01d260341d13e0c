import type {
  ApprovalContent,
  ArrestsContent,
  ConclusionContent,
  OperationContent,
  RescueContent,
  SeizureContent,
} from '#contracts';
import type { Rows } from '../records/record.ts';
import type { Released } from '../records/view.ts';

/** An operation as its lead planned it. Whether it was launched is settled from its steps. */
export function operationRows({ access, content }: Released): Rows {
  const { name, participants, area, window, targets, handlingText } = content as OperationContent;
  const row = {
    name,
    area,
    window_from: window.from,
    window_to: window.to,
    participants,
    targets,
    purpose_codes: access?.purposes ?? [],
    handling_text: handlingText ?? null,
  };
  return { operations: [row] };
}

/** What its lead did with it. */
export const launchRows = ({ at }: Released): Rows => ({ steps: [{ kind: 'launch', at, outcome: null }] });

export function conclusionRows({ at, content }: Released): Rows {
  return { steps: [{ kind: 'conclusion', at, outcome: (content as ConclusionContent).outcome }] };
}

/** A member's word on an operation that may be another's, or not there: judged when it is read. */
export function approvalRows({ at, content }: Released): Rows {
  return { claims: [{ kind: 'approval', target: (content as ApprovalContent).operation, at }] };
}

const NOTHING = {
  count: null,
  quantity: null,
  unit: null,
  seizure_kind: null,
  value_amount: null,
  value_currency: null,
  place: null,
  offence: null,
};

export function arrestRows({ content }: Released): Rows {
  const { operation, count, at, place, offence } = content as ArrestsContent;
  return { contributions: [{ ...NOTHING, operation, kind: 'arrests', count, at, place, offence }] };
}

export function seizureRows({ content }: Released): Rows {
  const { operation, kind, quantity, unit, value, at } = content as SeizureContent;
  const seized = { quantity, unit, seizure_kind: kind };
  const worth = { value_amount: value?.amount ?? null, value_currency: value?.currency ?? null };
  return { contributions: [{ ...NOTHING, operation, kind: 'seizure', ...seized, ...worth, at }] };
}

export function rescueRows({ content }: Released): Rows {
  const { operation, count, at, place } = content as RescueContent;
  return { contributions: [{ ...NOTHING, operation, kind: 'rescues', count, at, place }] };
}
