import { createHmac, timingSafeEqual } from 'node:crypto';
import type { StoredEvent } from '#event-store';

/**
 * The one-time token with which an approved member registers its keys. It follows from the registry's secret and the
 * approval, so that it is stored nowhere and a repeated approval gives the same one.
 */
export class EnrolmentTokens {
  constructor(private readonly secret: string) {}

  /** Of the event `member-approved`. */
  of(approval: Pick<StoredEvent, 'id' | 'stream'>): string {
    const bytes = createHmac('sha256', this.secret).update(`enrolment\n${approval.stream}\n${approval.id}`).digest();
    return `enrol_${bytes.toString('base64url')}`;
  }

  /** Whether the token was issued for this member. Whether it was used, the member's state tells. */
  matches(token: string, events: readonly StoredEvent[]): boolean {
    const approval = events.findLast(({ type }) => type === 'member-approved.v1');
    if (!approval) return false;
    const [given, right] = [Buffer.from(token), Buffer.from(this.of(approval))];
    return given.length === right.length && timingSafeEqual(given, right);
  }
}
