import { defineEvent } from '../definition.ts';
import { AssistanceContent } from './contents.ts';

export * from './contents.ts';

const MACHINES: AssistanceContent = {
  receiver: 'AL',
  kind: 'equipment',
  item: 'forgery-detection machine',
  quantity: 2,
  stage: 'pledged',
  pledgedAt: '2025-05-15T10:00:00Z',
};
const FUND: AssistanceContent = {
  receiver: 'AL',
  kind: 'money',
  item: 'Forensics and biometrics programme',
  amount: '1000000.00',
  currency: 'GBP',
  stage: 'delivered',
  pledgedAt: '2025-05-15T10:00:00Z',
  deliveredAt: '2025-06-01T10:00:00Z',
  drawn: '12500.50',
  draws: [{ amount: '12500.50', for: 'DNA kits', at: '2025-06-02T10:00:00Z' }],
};
const delivered = { ...MACHINES, deliveredAt: '2025-06-01T10:00:00Z' };
const assistance = { carries: 'sealed', schema: AssistanceContent } as const;

export const assistanceReleased = defineEvent({
  ...assistance,
  type: 'accord.assistance.assistance-released.v1',
  example: MACHINES,
});

export const assistanceDelivered = defineEvent({
  ...assistance,
  type: 'accord.assistance.assistance-delivered.v1',
  example: { ...delivered, stage: 'delivered' as const },
});

export const assistanceDrawn = defineEvent({
  ...assistance,
  type: 'accord.assistance.assistance-drawn.v1',
  example: FUND,
});

export const assistancePutInUse = defineEvent({
  ...assistance,
  type: 'accord.assistance.assistance-put-in-use.v1',
  example: { ...delivered, stage: 'in-use' as const },
});

export const assistanceRetired = defineEvent({
  ...assistance,
  type: 'accord.assistance.assistance-retired.v1',
  example: { ...delivered, stage: 'retired' as const },
});
