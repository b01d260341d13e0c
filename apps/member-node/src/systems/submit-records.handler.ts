import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem, Unavailable, uuidv7, uuidv8, VersionConflict } from '#contracts';
import { CLOCK, type Clock } from '#platform';
import { attempt, readLine, resultOf, type LineResult } from '../http/ndjson/answer-lines.ts';
import { NODE, type NodeIdentity } from '../node.ts';
import { Records, type Asking, type By, type Many } from '../records/records.ts';
import { fresh, type Loaded } from '../records/writer.ts';
import { SubmitRecords } from './commands.ts';
import type { SystemState } from './state.ts';
import { firstVersion, SubmitRecordHandler, type Incoming } from './submit-record.handler.ts';

type Became = { id: string; version: number } | Problem;

/** Stores the lines of a batch, chunk by chunk, each with the same checks as a record that comes alone. */
@CommandHandler(SubmitRecords)
export class SubmitRecordsHandler implements ICommandHandler<SubmitRecords> {
  constructor(
    @Inject(NODE) private readonly node: NodeIdentity,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Records) private readonly records: Records,
    @Inject(SubmitRecordHandler) private readonly one: SubmitRecordHandler,
  ) {}

  async execute({ system, caller, lines, key }: SubmitRecords): Promise<LineResult[]> {
    const read = lines.map((line) =>
      attempt(() => {
        const body = this.one.read(system, caller, readLine(line));
        return this.one.incoming({ system, caller, body }, this.planned(line.line, key));
      }),
    );
    const good = read.filter((one): one is Incoming => !(one instanceof Problem));
    const stored = await this.tryMany(good);
    return lines.map(({ line }, n) => {
      const one = read[n]!;
      return resultOf(line, one instanceof Problem ? one : stored.shift()!);
    });
  }

  private planned(line: number, key?: string): string {
    return key === undefined ? uuidv7(this.clock.now()) : uuidv8(this.node.member, 'batch', key, String(line));
  }

  /** Where the store can't be used, each line says so: others may have been stored before. */
  private async tryMany(incoming: readonly Incoming[]): Promise<Became[]> {
    try {
      return await this.records.many(async (asking, many) => {
        const became: Became[] = Array.from({ length: incoming.length });
        // Of those with the same id the first goes first: the others are then compared with it.
        for (let left = [...incoming.keys()]; left.length > 0;) {
          const first = new Map(left.toReversed().map((n) => [incoming[n]!.id, n]));
          const now = left.filter((n) => first.get(incoming[n]!.id) === n);
          left = left.filter((n) => first.get(incoming[n]!.id) !== n);
          const stored = await this.store(
            now.map((n) => incoming[n]!),
            asking,
            many,
          );
          now.forEach((n, at) => (became[n] = stored[at]!));
        }
        return became;
      });
    } catch (error) {
      if (error instanceof Unavailable) return incoming.map(() => error);
      throw error;
    }
  }

  /** Each of another id. */
  private async store(incoming: readonly Incoming[], asking: Asking, many: Many): Promise<Became[]> {
    const { record } = incoming[0]!.system;
    const there = await many.load.loadMany(
      record,
      incoming.map(({ id }) => id),
    );
    const decided: By[] = [];
    const became: Became[] = [];
    for (const one of incoming) {
      const on = there.get(one.id) ?? fresh(record, one.id);
      const by = await this.decide(one, on, asking).catch(asProblem);
      if (!(by instanceof Problem) && by.facts.length > 0) decided.push(by);
      became.push(by instanceof Problem ? by : { id: one.id, version: versionAfter(one, by) });
    }
    const outcomes = decided.length === 0 ? [] : await many.commit(decided);
    const lost = new Map(
      decided.flatMap(({ on: { id } }, n) => {
        const { outcome } = outcomes[n]!;
        return outcome.ok ? [] : [[id, new VersionConflict(outcome.current)] as const];
      }),
    );
    return became.map((one, n) => lost.get(incoming[n]!.id) ?? one);
  }

  private async decide(one: Incoming, on: Loaded<SystemState>, asking: Asking): Promise<By> {
    const command = await this.one.commandFor(one, on.state, asking);
    const facts = command ? one.system.record.decide(on.state, command) : [];
    return { on: on as Loaded<unknown>, facts, acting: { user: one.caller.user } };
  }
}

/** What was said before answers as it did then, or, where it may be corrected, as it stands. */
const versionAfter = ({ system, terms }: Incoming, { on, facts }: By): number =>
  on.version > 0 && !system.amends ? firstVersion(terms) : on.version + facts.length;

const asProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  throw error;
};
