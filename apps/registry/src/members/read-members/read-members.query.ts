import { Inject, Injectable } from '@nestjs/common';
import { NotFound } from '#contracts';
import type { StoredEvent } from '#event-store';
import type { Page, PageQuery } from '#platform';
import type { Aggregates } from '../../aggregate/aggregate.ts';
import type { Entry } from '../../aggregate/roll.ts';
import { historyPage } from '../../http/history-page.ts';
import { pageOf } from '../../http/page-of.ts';
import { MEMBER_AGGREGATES } from '../../tokens.ts';
import { MemberDirectory } from '../directory.ts';
import {
  foldMember,
  memberSnapshot,
  type KnownMember,
  type Member,
  type MemberEvent,
  type SigningKey,
} from '../member.ts';

/** Who a member is, and how it became what it is: every member knows it of every other. */
@Injectable()
export class ReadMembers {
  constructor(
    @Inject(MemberDirectory) private readonly directory: MemberDirectory,
    @Inject(MEMBER_AGGREGATES) private readonly members: Aggregates<Member, MemberEvent>,
  ) {}

  list(query: PageQuery): Page<object> {
    return pageOf(this.directory.roll.all(), query, 'members', view);
  }

  one(code: string): object {
    const entry = this.directory.roll.get(code);
    if (!entry) throw new NotFound();
    return view(entry);
  }

  /** Newest first. Who: the member that spoke, never its user. */
  async history(code: string, query: PageQuery): Promise<Page<object>> {
    const { events } = await this.members.load(`member-${code}`);
    if (events.length === 0) throw new NotFound();
    return historyPage(events, query, `history ${code}`, line);
  }
}

function view({ state, version, updatedAt }: Entry<Member>): object {
  const member = state as KnownMember;
  return {
    ...memberSnapshot(member),
    ...('votes' in member && { votes: member.votes }),
    ...('suspendedBy' in member && { suspendedBy: member.suspendedBy }),
    ...('revocationCalls' in member && {
      revocationCalls: member.revocationCalls.map(({ kid, from, by }) => ({ kid, fromSequence: from, by })),
    }),
    version,
    updatedAt,
  };
}

function line({ version, type, data, meta }: StoredEvent, all: readonly StoredEvent[]): object {
  const { by, reason, ...more } = data as { by: string | null; reason?: string } & Partial<Details>;
  const after = foldMember(all.slice(0, version) as unknown as MemberEvent[]);
  const event = type.replace(/^member-|\.v\d+$/g, '');
  const said = { version, event, by, at: meta.at, state: after.state, ...(reason !== undefined && { reason }) };
  return { ...said, ...DETAILS[event]?.(more) };
}

interface Details {
  signingKeys: SigningKey[];
  kid: string;
  from: number;
  run: string;
}

/** What of an event's own is told beside who and when. */
const DETAILS: Record<string, ((data: Partial<Details>) => object) | undefined> = {
  'keys-registered': ({ signingKeys = [] }) => ({
    kid: signingKeys.at(-1)?.kid,
    fromSequence: signingKeys.at(-1)?.from,
  }),
  'key-revoked': ({ kid, from }) => ({ kid, fromSequence: from }),
  'key-revocation-called': ({ kid, from }) => ({ kid, fromSequence: from }),
  'conformance-passed': ({ run }) => ({ run }),
};
