import { reasonOf, uuidv7, VersionConflict, WrongState, type BackfillBody } from '#contracts';
import type { EventStore, NewEvent } from '#event-store';
import type { Clock, Logger } from '#platform';
import type { ListQueries } from '../records/list-queries.ts';
import type { Modules } from '../records/modules.ts';
import type { Acting, By, Many, Records } from '../records/records.ts';
import type { Backfill } from '../records/release.ts';
import type { TaskForce } from '../task-force/task-force.ts';
import { choiceIn, CHOSEN, DONE, streamOf, type Choice } from './choice.ts';

/** Records that are extended in one go: commands of others come in between. */
const BATCH = 200;

export interface BackfillsParts {
  store: EventStore;
  records: Records;
  queries: ListQueries;
  modules: Modules;
  taskForce: TaskForce;
  clock: Clock;
  logger: Logger;
}

export interface BackfillProgress {
  /** Records gone through, of all that are released, and those of them that the newcomer may see by it. */
  done: number;
  of: number;
  extended: number;
}

/**
 * An originator's choice for a new member: stored first, then carried out in batches. A record that has the newcomer in
 * its audience decides nothing again, so whatever broke off is begun anew from the first record and ends the same.
 */
export class Backfills {
  private readonly running = new Map<string, { progress: BackfillProgress; end: Promise<void> }>();
  private stopped = false;

  constructor(private readonly parts: BackfillsParts) {}

  /** Goes on with what a stop or a crash broke off. */
  async start(): Promise<void> {
    const streams = await this.parts.store.readStreams(this.parts.taskForce.codes().map(streamOf));
    for (const events of streams.values()) {
      const choice = choiceIn(events);
      if (choice && choice.records === null) this.carryOut(choice.member);
    }
  }

  /** Resolves after the batch in hand. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.running.values()].map(({ end }) => end));
  }

  async find(member: string): Promise<{ choice: Choice; progress: BackfillProgress | null } | null> {
    const choice = choiceIn(await this.parts.store.readStream(streamOf(member)));
    return choice && { choice, progress: this.running.get(member)?.progress ?? null };
  }

  /** Stores the choice, unless it is the one that stands, and begins to carry it out. */
  async choose({ member, since }: BackfillBody, acting: Acting): Promise<Choice> {
    const { store, taskForce } = this.parts;
    const state = taskForce.stateOf(member, '/member');
    if (state !== 'active') throw new WrongState('member.not-active', `${member} is ${state}.`);
    const events = await store.readStream(streamOf(member));
    if (acting.ifMatch !== undefined && acting.ifMatch !== events.length) throw new VersionConflict(events.length);
    const before = choiceIn(events);
    if (before?.since !== since) {
      const data = { member, since, registrySequence: taskForce.sequence };
      await this.append(member, events.length, CHOSEN, data, acting.user);
    }
    const choice = choiceIn(await store.readStream(streamOf(member)))!;
    if (choice.records === null) this.carryOut(member);
    return choice;
  }

  /** Resolves when it is carried out, or after so many milliseconds. */
  async settled(member: string, patienceMs: number): Promise<void> {
    const end = this.running.get(member)?.end;
    if (!end) return;
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)));
    await Promise.race([end, enough]).finally(() => clearTimeout(timer));
  }

  private carryOut(member: string): void {
    if (this.stopped) return;
    const before = this.running.get(member)?.end ?? Promise.resolve();
    const progress: BackfillProgress = { done: 0, of: 0, extended: 0 };
    const work = before.then(() => this.go(member, progress));
    const end = work.catch((error: unknown) => {
      this.parts.logger.error({ reason: reasonOf(error) }, 'a backfill broke off, it goes on at the next start');
    });
    const mine = { progress, end };
    this.running.set(member, mine);
    void end.then(() => {
      if (this.running.get(member) === mine) this.running.delete(member);
    });
  }

  private async go(member: string, progress: BackfillProgress): Promise<void> {
    const { store } = this.parts;
    const events = await store.readStream(streamOf(member));
    const choice = choiceIn(events);
    if (!choice || choice.records !== null) return;
    if (choice.since !== 'none') await this.extendAll(choice, progress);
    if (this.stopped) return;
    await this.append(member, events.length, DONE, { member, records: progress.extended }, choice.by);
  }

  private async extendAll({ member, since, by, registrySequence }: Choice, progress: BackfillProgress): Promise<void> {
    const { queries, records } = this.parts;
    const backfill: Backfill = { member, since: since === 'all' ? null : since, registrySequence };
    progress.of = await queries.countReleased();
    let page = await queries.released(null, BATCH);
    while (page.length > 0 && !this.stopped) {
      const batch = page;
      progress.extended += await records.many((_, many) => this.extend(batch, backfill, { user: by }, many));
      progress.done += page.length;
      page = await queries.released(page.at(-1)!.id, BATCH);
    }
  }

  private async extend(page: readonly { kind: string; id: string }[], backfill: Backfill, acting: Acting, many: Many) {
    const decided: By[] = [];
    for (const [kind, some] of Map.groupBy(page, (one) => one.kind)) {
      const module = this.parts.modules.of(kind);
      const ids = some.map(({ id }) => id);
      for (const on of (await many.load.loadMany(module, ids)).values()) {
        const facts = module.decide(on.state, module.backfill(backfill));
        if (facts.length > 0) decided.push({ on, facts, acting });
      }
    }
    if (decided.length > 0) await many.commit(decided);
    return decided.reduce((sum, { facts }) => sum + facts.length, 0);
  }

  private async append(member: string, version: number, type: string, data: object, actor: string): Promise<void> {
    const now = this.parts.clock.now();
    const meta = { actor, at: new Date(now).toISOString() };
    const event: NewEvent = { id: uuidv7(now), type, data, meta };
    await this.parts.store.append(streamOf(member), version === 0 ? 'no-stream' : version, [event]);
  }
}
