import type { Database } from '#sql';
import { recording, startReadSide, type Caller } from '../../apps/joint-views/src/testing/caller.ts';
import { at, putRecord, putReport } from '../../apps/joint-views/src/testing/fixtures.ts';
import { putApproval, putContribution, putOperation } from '../../apps/joint-views/src/testing/operation-fixtures.ts';
import { putRegistry } from '../../apps/joint-views/src/testing/registry-fixtures.ts';
import { insertRows, openTables } from '../../apps/joint-views/src/testing/tables.ts';
import type { WorldViewer } from './viewers.ts';
import type { Claim, Item, World } from './world.ts';

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
    return new Side(db, await startReadSide(recorded, { withheld: () => gate.withheld }), statements, gate);
  }

  async close(): Promise<void> {
    await this.caller.close();
    await this.db.close();
  }

  /** Empties everything and puts these in. */
  async fill(items: readonly Item[], claims: readonly Claim[]): Promise<void> {
    const rows = await this.db.query<{ name: string }>(
      `select schemaname || '.' || tablename as name from pg_tables where schemaname in ('views', 'consultation')`,
    );
    await this.db.exec(`truncate ${rows.map(({ name }) => name).join(', ')}`);
    await putRegistry(this.db);
    for (const item of items) await this.put(item);
    for (const { id, member, operation } of claims) await putApproval(this.db, id, member, operation);
  }

  /** Every answer to this viewer, and what was done for it: statements, and entries of the consultation log. */
  async answers(world: World, viewer: WorldViewer): Promise<Answered[]> {
    this.gate.withheld = viewer.withheld;
    const answered: Answered[] = [];
    for (const path of pathsOf(world, viewer)) {
      for (let next: string | null = path; next !== null;) {
        this.statements.length = 0;
        const { status, text, headers, json } = await this.caller.get(next, { ...viewer, roles: [...viewer.roles] });
        answered.push({ path: next, status, text, headers, statements: [...this.statements] });
        const { items, next: after } = json as { items?: unknown[]; next?: string | null };
        // A feed has no last page.
        const cursor = items?.length === 0 ? null : (after ?? null);
        next = cursor === null ? null : `${path}&cursor=${encodeURIComponent(cursor)}`;
      }
    }
    return answered;
  }

  log(member: string): Promise<object[]> {
    return this.db.query('select number, route, records from consultation.entries where member = $1 order by number', [
      member,
    ]);
  }

  private async put({ kind, given, access }: Item): Promise<void> {
    // Of what was erased, nothing but its own row is left.
    if (access.state === 'erased') await putRecord(this.db, given, kind);
    else if (kind === 'report') await putReport(this.db, given);
    else if (kind === 'operation') await putOperation(this.db, given);
    else await putContribution(this.db, given);
    if (access.state !== 'recalled' && access.state !== 'erased') return;
    const withdrawal = { record: access.id, originator: access.originator, sequence: 500, at: at(50), removed: null };
    await insertRows(this.db, 'views.withdrawals', [withdrawal]);
  }
}

export interface Answered {
  path: string;
  status: number;
  text: string;
  headers: Record<string, string>;
  statements: string[];
}

const pathsOf = ({ items, entities }: World, viewer: WorldViewer): string[] => {
  const foreign = items.filter(({ access }) => access.originator !== viewer.member).map(({ access }) => access.id);
  const idsOf = (kind: string) => items.filter((item) => item.kind === kind).map(({ access }) => access.id);
  const lists = [
    'reports?limit=3',
    'reports?limit=50',
    'subjects?limit=3',
    'operations?limit=2',
    'notices?limit=2',
    'changes?limit=4',
  ];
  const filters = ['originator=GB', 'originator=XK', 'category=document', `since=${at(3)}`, `until=${at(6)}`];
  const whom = ['name=Arben', 'name=demo', 'name=prova%20mira', 'schema=Person', 'nationality=al', 'originator=GB'];
  return [
    ...lists,
    ...filters.map((filter) => `reports?limit=4&${filter}`),
    ...entities.map((entity) => `reports?subject=${entity}`),
    ...whom.map((filter) => `subjects?limit=4&${filter}`),
    ...['since', 'until'].map((edge) => `operations?limit=9&${edge}=${at(3)}`),
    ...['report', 'operation'].flatMap((kind) => idsOf(kind).map((id) => `${kind}s/${id}`)),
    ...entities.map((entity) => `subjects/${entity}`),
    ...entities.map((entity) => `networks/graph?subject=${entity}&depth=4`),
    ...['depth=1', 'depth=4&limit=3'].flatMap((how) =>
      entities.slice(0, 4).map((entity) => `networks/graph?subject=${entity}&${how}`),
    ),
    'permission-requests?limit=2',
    ...foreign.slice(0, 10).flatMap((id) => [`audit?record=${id}`, `receipts?record=${id}`]),
    ...foreign.slice(0, 10).map((id) => `explain?record=${id}&member=${viewer.member}&purpose=people-smuggling`),
  ].map((path) => `/v1/${path}`);
};
