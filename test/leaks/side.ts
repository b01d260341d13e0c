import type { Database } from '#sql';
import { recording, startReadSide, type Caller } from '../../apps/joint-views/src/testing/caller.ts';
import { putRecord, putReport, uuid } from '../../apps/joint-views/src/testing/fixtures.ts';
import { putWithdrawal } from '../../apps/joint-views/src/testing/notices.ts';
import { putApproval, putContribution, putOperation } from '../../apps/joint-views/src/testing/operation-fixtures.ts';
import { putAgreement, putRegistry } from '../../apps/joint-views/src/testing/registry-fixtures.ts';
import { openTables } from '../../apps/joint-views/src/testing/tables.ts';
import { putAcknowledgement, putAnswer, putRequest } from '../../apps/joint-views/src/testing/word-fixtures.ts';
import { DisclosuresModule } from '../../apps/joint-views/src/disclosures/disclosures.module.ts';
import { putChecks, type Check } from './checks.ts';
import type { Asked } from './paths.ts';
import { REGISTRY, type WorldViewer } from './viewers.ts';
import type { Word } from './words.ts';
import type { Claim, Item } from './world.ts';

/** Of what isn't the caller's own, no history is read. */
const NO_HISTORY = DisclosuresModule.register({} as never, {} as never);

/** The joint views' read side over a database of its own, with every statement that it ran. */
export class Side {
  private constructor(
    private readonly db: Database,
    private readonly caller: Caller,
    private readonly statements: string[],
    private readonly gate: { withheld: string[] },
  ) {}

  static async open(): Promise<Side> {
    const db = await openTables();
    const { db: recorded, statements } = recording(db);
    const gate = { withheld: [] as string[] };
    const caller = await startReadSide(recorded, { withheld: () => gate.withheld }, undefined, [NO_HISTORY]);
    return new Side(db, caller, statements, gate);
  }

  async close(): Promise<void> {
    await this.caller.close();
    await this.db.close();
  }

  /** Empties everything and puts these in. */
  async fill(
    items: readonly Item[],
    claims: readonly Claim[],
    words: readonly Word[],
    checks: readonly Check[],
  ): Promise<void> {
    const rows = await this.db.query<{ name: string }>(
      `select schemaname || '.' || tablename as name from pg_tables where schemaname in ('views', 'consultation')`,
    );
    await this.db.exec(`truncate ${rows.map(({ name }) => name).join(', ')}`);
    await putRegistry(this.db);
    const { categories, purposes } = REGISTRY.agreements[1]!;
    await putAgreement(this.db, { id: uuid(901), categories: [...categories], purposes: [...purposes] });
    for (const item of items) await this.put(item);
    for (const { id, member, operation } of claims) await putApproval(this.db, id, member, operation);
    for (const word of words) await this.say(word);
    const there = new Set(items.map(({ access }) => access.id));
    await putChecks(
      this.db,
      checks.filter(({ record }) => there.has(record)),
    );
  }

  /** A record is taken from these members (null: from all), by whatever comes then. */
  async take(record: string, originator: string, removed: string[] | null, sequence = 900): Promise<void> {
    await putWithdrawal(this.db, { record, originator, sequence, removed });
  }

  /** Every answer to this viewer, and what was done for it: statements, and entries of the consultation log. */
  async answers(asked: readonly Asked[], viewer: WorldViewer): Promise<Answered[]> {
    this.gate.withheld = viewer.withheld;
    const answered: Answered[] = [];
    for (const { path, roles, body } of asked) {
      let page = 1;
      for (let next: string | null = path; next !== null;) {
        this.statements.length = 0;
        const as = { ...viewer, roles };
        const answer = body ? await this.caller.post(next, body, as) : await this.caller.get(next, as);
        const { status, text, headers, json } = answer;
        // Cursors are compared where they are given.
        const name = nameOf({ path, body }, page);
        page += 1;
        answered.push({ path: name, status, text: settledOf(path, text), headers, statements: [...this.statements] });
        next = pageAfter(path, json);
      }
    }
    return answered;
  }

  log(member: string): Promise<object[]> {
    return this.db.query('select number, route, records from consultation.entries where member = $1 order by number', [
      member,
    ]);
  }

  private putRows(item: Item): Promise<void> {
    const { kind, access } = item;
    // Of what was erased, nothing but its own row is left.
    if (access.state === 'erased') {
      return kind === 'system' ? putRecord(this.db, access, item.name) : putRecord(this.db, item.given, kind);
    }
    if (kind === 'system') return item.put(this.db);
    if (kind === 'report') return putReport(this.db, item.given);
    return kind === 'operation' ? putOperation(this.db, item.given) : putContribution(this.db, item.given);
  }

  private say(word: Word): Promise<void> {
    if (word.kind === 'request') return putRequest(this.db, word, word.target, word.code);
    if (word.kind === 'answer') return putAnswer(this.db, word, word.request, word.answer);
    return putAcknowledgement(this.db, word, word.notice);
  }

  private async put(item: Item): Promise<void> {
    const { access } = item;
    await this.putRows(item);
    if (access.state !== 'recalled' && access.state !== 'erased') return;
    await this.take(access.id, access.originator, null, 500);
  }
}

const nameOf = ({ path, body }: Pick<Asked, 'path' | 'body'>, page: number): string => {
  if (body) return `POST ${path} ${JSON.stringify(body)}`;
  return page === 1 ? path : `${path} (page ${page})`;
};

export interface Answered {
  /** Of a question, its method before it and its body after it. */
  path: string;
  status: number;
  text: string;
  headers: Record<string, string>;
  statements: string[];
}

/** The consultation log's lines have ids made of the time and chance, which their list's cursors name. */
const settledOf = (path: string, text: string): string =>
  path.startsWith('/v1/audit') ? text.replaceAll(/"(id|next)":"[^"]*"/g, '"$1":"…"') : text;

const pageAfter = (path: string, json: unknown): string | null => {
  const { items, next } = json as { items?: unknown[]; next?: string | null };
  // A feed has no last page.
  if (items?.length === 0 || !next) return null;
  return `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(next)}`;
};
