import { Inject, Injectable } from '@nestjs/common';
import { NotFound } from '#contracts';
import type { StoredEvent } from '#event-store';
import type { Page, PageQuery } from '#platform';
import type { Aggregates } from '../../aggregate/aggregate.ts';
import type { Entry, Roll } from '../../aggregate/roll.ts';
import { historyPage } from '../../http/history-page.ts';
import { pageOf } from '../../http/page-of.ts';
import { AGREEMENT_AGGREGATES, AGREEMENT_ROLL } from '../../tokens.ts';
import {
  agreementSnapshot,
  amendable,
  foldAgreement,
  revisionOf,
  type Agreement,
  type AgreementEvent,
  type Amendable,
  type KnownAgreement,
} from '../agreement.ts';

/** Who has agreed what with whom is known to the parties only. */
@Injectable()
export class ReadAgreements {
  constructor(
    @Inject(AGREEMENT_ROLL) private readonly roll: Roll<Agreement, AgreementEvent>,
    @Inject(AGREEMENT_AGGREGATES) private readonly agreements: Aggregates<Agreement, AgreementEvent>,
  ) {}

  list(member: string, query: PageQuery): Page<object> {
    const own = this.roll.all().filter((entry) => isParty(entry, member));
    return pageOf(own, query, 'agreements', view);
  }

  one(member: string, id: string): object {
    return view(this.known(member, id));
  }

  /** Newest first. Who: the member that spoke, never its user. */
  async history(member: string, id: string, query: PageQuery): Promise<Page<object>> {
    this.known(member, id);
    const { events } = await this.agreements.load(`agreement-${id}`);
    return historyPage(events, query, `agreement-history ${id}`, line);
  }

  private known(member: string, id: string): Entry<Agreement> {
    const entry = this.roll.get(id);
    if (!entry || !isParty(entry, member)) throw new NotFound();
    return entry;
  }
}

function isParty({ state }: Entry<Agreement>, member: string): boolean {
  return state.state !== 'none' && state.parties.includes(member);
}

function view({ state, version, updatedAt }: Entry<Agreement>): object {
  const known = state as KnownAgreement;
  return { ...agreementSnapshot(known), ...revisionOf(known), version, updatedAt };
}

/** What happened, the state after it, and the terms where it is about them: those of each version stay readable. */
function line({ version, type, data, meta }: StoredEvent, all: readonly StoredEvent[]): object {
  const { by, reason, revision } = data as { by: string; reason?: string; revision?: number };
  const after = foldAgreement(all.slice(0, version) as unknown as AgreementEvent[]) as KnownAgreement;
  const event = type.replace(/^agreement-|\.v\d+$/g, '');
  const terms = TERMS[event]?.(after);
  return {
    ...{ version, event, by, at: meta.at, state: after.state, revision: revision ?? after.revision },
    ...(terms && { terms: amendable(terms) }),
    ...(reason !== undefined && { reason }),
  };
}

const TERMS: Record<string, ((after: KnownAgreement) => Amendable | null) | undefined> = {
  drafted: (after) => after,
  'amendment-proposed': (after) => revisionOf(after).amendment,
  amended: (after) => after,
};
