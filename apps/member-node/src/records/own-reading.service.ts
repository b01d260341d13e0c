import { Inject, Injectable } from '@nestjs/common';
import { CLASSIFICATIONS, InvalidRequest, isUuid, NotFound } from '#contracts';
import { decodeCursor, encodeCursor, toPage, type MemberPrincipal, type Page, type PageQuery } from '#platform';
import { Consultations } from '../audit/consultations.ts';
import { ListQueries, type ListRow } from './list-queries.ts';
import type { RecordModule } from './record-module.ts';
import { RecordWriter, type Loaded, type Transition } from './writer.ts';

/** Of a Date, in milliseconds. */
const LATEST = 8.64e15;

/** A member's users reading their own node, as far as their clearance goes; written down before the answer leaves. */
@Injectable()
export class OwnReading {
  constructor(
    @Inject(ListQueries) private readonly queries: ListQueries,
    @Inject(RecordWriter) private readonly writer: RecordWriter,
    @Inject(Consultations) private readonly consultations: Consultations,
  ) {}

  /** Newest first. */
  async list<State>(
    module: RecordModule<State>,
    caller: MemberPrincipal,
    { limit, cursor }: PageQuery,
    item: (loaded: Loaded<State>) => object,
  ): Promise<Page<object>> {
    const { kind } = module;
    const after = cursor === undefined ? undefined : readCursor(kind, cursor);
    const rows = await this.queries.page({ kind, clearance: caller.clearance, limit, ...(after && { after }) });
    const ids = rows.slice(0, limit).map(({ id }) => id);
    const loaded = await this.writer.loadMany(module, ids);
    await this.consultations.record({ actor: caller.user, event: `${kind}-listed`, records: ids });
    return toPage(
      rows,
      limit,
      ({ id }) => item(loaded.get(id)!),
      ({ updatedAt, id }) => encodeCursor(kind, [updatedAt, id]),
    );
  }

  /** NotFound for what isn't there, and for what the caller isn't cleared for: both read alike. */
  async get<State>(module: RecordModule<State>, caller: MemberPrincipal, id: string): Promise<Loaded<State>> {
    const loaded = await this.writer.load(module, id);
    const summary = module.summary(loaded.state);
    if (!summary || CLASSIFICATIONS.indexOf(summary.classification) > CLASSIFICATIONS.indexOf(caller.clearance)) {
      throw new NotFound();
    }
    await this.consultations.record({ actor: caller.user, event: `${module.kind}-read`, records: [id] });
    return loaded;
  }

  /** Oldest first. */
  async history<State>(
    module: RecordModule<State>,
    caller: MemberPrincipal,
    id: string,
    { limit, cursor }: PageQuery,
  ): Promise<Page<Transition>> {
    const { transitions } = await this.get(module, caller, id);
    const scope = `${id} history`;
    const after = cursor === undefined ? 0 : Number(decodeCursor(scope, cursor, 1)[0]);
    return toPage(
      transitions.slice(after, after + limit + 1),
      limit,
      (one) => one,
      ({ version }) => encodeCursor(scope, [version]),
    );
  }
}

/** A cursor is the caller's to hold, so what it says is checked like any input. */
const readCursor = (kind: string, cursor: string): ListRow => {
  const [updatedAt, id] = decodeCursor(kind, cursor, 2);
  if (!Number.isSafeInteger(updatedAt) || Math.abs(Number(updatedAt)) > LATEST || !isUuid(id)) {
    throw new InvalidRequest([
      { path: '/cursor', rule: 'cursor', message: 'The cursor is not one that this list gave.' },
    ]);
  }
  return { updatedAt: Number(updatedAt), id };
};
