import type { Shield } from '#contracts';
import type { EventMeta } from '#event-store';
import type { KeyDelivery } from './key-delivery.ts';
import type { RecordKeys } from './keys.ts';
import type { ListQueries } from './list-queries.ts';
import type { Listed } from './lists.ts';
import type { Modules } from './modules.ts';
import type { Knowledge, People } from './people.ts';
import { covers } from './shield.ts';
import type { Decided, RecordWriter } from './writer.ts';

const REMEMBERED = 10_000;

interface Erased {
  id: string;
  satellites: readonly string[];
}

/**
 * What an append brings with it elsewhere, before its command is answered: other records of the people in it are
 * shielded too, and an erased record's keys are destroyed. All of it may be done again, and is after a crash.
 */
export class Consequences {
  /** Shields that records are known to have, so that a much reported person's are not all read each time. */
  private readonly covered = new Map<string, Shield>();
  private companionsFound: () => void = () => undefined;

  constructor(
    private readonly parts: {
      writer: RecordWriter;
      people: People;
      keys: RecordKeys;
      queries: ListQueries;
      modules: Modules;
      delivery: KeyDelivery;
    },
  ) {}

  /** `knowledge`: of the people in these records; null where nothing new was said of anybody. */
  async settle(listed: readonly Listed[], meta: EventMeta, knowledge: Knowledge | null): Promise<void> {
    if (knowledge) await this.reshield(knowledge, meta);
    const erased = listed.filter(({ summary }) => summary.state === 'erased');
    if (erased.length > 0) await this.purge(erased.map(({ id, summary }) => ({ id, satellites: summary.satellites })));
  }

  private async reshield(knowledge: Knowledge, meta: EventMeta): Promise<void> {
    const wanted = [...knowledge.shielded()].filter(([id, { shield }]) => !covers(this.covered.get(id) ?? [], shield));
    if (wanted.length === 0) return;
    const decided: Decided[] = [];
    for (const [kind, records] of Map.groupBy(wanted, ([, { kind }]) => kind)) {
      const module = this.parts.modules.of(kind);
      const loaded = await this.parts.writer.loadMany(
        module,
        records.map(([id]) => id),
      );
      for (const [id, { shield }] of records) {
        const on = loaded.get(id);
        const facts = on ? module.decide(on.state, module.reshield(shield)) : [];
        if (on && facts.length > 0) decided.push({ on, facts, meta });
      }
    }
    if (decided.length > 0) await this.parts.writer.commit(decided);
    this.remember(wanted.map(([id, { shield }]) => [id, shield]));
  }

  private remember(shields: readonly (readonly [string, Shield])[]): void {
    if (this.covered.size > REMEMBERED) this.covered.clear();
    for (const [id, shield] of shields) this.covered.set(id, shield);
  }

  /** The same for records as they stand: a crash may have come between an append and its consequences. */
  async repair(listed: readonly Listed[], meta: EventMeta): Promise<void> {
    // What they say of people is in the lists by now, under the names of the records that say it: said here once more, by
    // no record, a claim would be another one than that which was refused.
    const touches = listed.flatMap(({ summary }) => summary.touches).map((touch) => ({ ...touch, person: null }));
    await this.settle(listed, meta, touches.length > 0 ? await this.parts.people.know(touches) : null);
  }

  /** Calls back where `purgeElsewhere` has something to answer. */
  onCompanions(listener: () => void): void {
    this.companionsFound = listener;
  }

  /** Asks again for all that the joint views may still hold. Answers what else of this member's is to be erased with it. */
  async purgeElsewhere(): Promise<string[]> {
    return this.withdraw(await this.parts.queries.unpurged());
  }

  /** Destroys these records' keys here, and asks the joint views to; what they don't do now is asked again later. */
  private async purge(erased: readonly Erased[]): Promise<void> {
    await this.parts.keys.destroy(erased.flatMap(({ id, satellites }) => [id, ...satellites]));
    if ((await this.withdraw(erased)).length > 0) this.companionsFound();
  }

  /**
   * Ends at the first that can't be asked for: nobody may have to wait for each of many in vain. Answers what goes with
   * them: only the joint views know what it is that a word of this member's is said of.
   */
  private async withdraw(erased: readonly Erased[]): Promise<string[]> {
    const [done, companions]: [string[], string[]] = [[], []];
    for (const { id, satellites } of erased) {
      const withdrawn = await this.parts.delivery.withdraw([id, ...satellites]);
      if (withdrawn === null) break;
      companions.push(...withdrawn.companions);
      if (withdrawn.isDone) done.push(id);
    }
    if (done.length > 0) await this.parts.queries.purged(done);
    return companions;
  }
}
