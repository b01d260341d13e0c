import { open, type Shield } from '#contracts';
import { quoteIdent, type Database } from '#sql';
import { factsBinding, type OwnLists } from './lists.ts';
import type { PersonFacts, Touch } from './record-module.ts';
import { mergeShields, NO_SHIELD, shieldOfPerson } from './shield.ts';
import { Clusters } from './clusters.ts';

interface FactsRow {
  record: string;
  entity: string;
  facts: string;
  key: Uint8Array;
}

interface TouchRow {
  record: string;
  kind: string;
  entity: string;
}

export interface Shielded {
  kind: string;
  shield: Shield;
}

/** Everything that this node knows of some people: its records that touch them, and whom they are kept from. */
export interface Knowledge {
  /** The shield of a record that touches these entities. */
  shieldOf(touches: readonly Touch[]): Shield;
  /** A name for each claim of these people's that is known. A claim that says more than it did is another one. */
  claimsOf(touches: readonly Touch[]): string[];
  /** Stored records that touch somebody who is shielded, by their id. */
  shielded(): Map<string, Shielded>;
}

/** Finds who is who by entity id and strong identifier, as far as it leads: the same person may have several of both. */
export class People {
  private readonly schema: string;

  constructor(
    private readonly db: Database,
    schema: string,
    private readonly lists: OwnLists,
  ) {
    this.schema = quoteIdent(schema);
  }

  /** `asked` may be touches of records that aren't stored yet; `record`: the one that they are of. */
  async know(asked: readonly Touch[], record: string | null = null): Promise<Knowledge> {
    const clusters = new Clusters();
    const said: Said[] = [];
    for (const touch of asked) {
      this.join(clusters, touch);
      if (touch.person) said.push({ record, entity: touch.entity, facts: touch.person });
    }
    for (const row of await this.reach(clusters)) said.push({ ...row, facts: opened(row) });
    const known = new KnownPeople(clusters, said);
    const shielded = clusters.names().filter((name) => known.shieldOf(name).length > 0);
    const rows = shielded.length > 0 ? await this.touches(shielded) : [];
    return {
      shieldOf: (touches) => {
        const refused = new Set(touches.flatMap(({ person }) => person?.refused ?? []));
        return mergeShields(...touches.map(({ entity }) => known.shieldOf(entity, refused)));
      },
      claimsOf: (touches) => [...new Set(touches.flatMap(({ entity }) => known.claimsOf(entity)))].sort(),
      shielded: () => recordsOf(rows, known),
    };
  }

  private join(clusters: Clusters, touch: Touch): void {
    clusters.add(touch.entity);
    for (const identifier of touch.identifiers) clusters.join(touch.entity, `#${this.lists.token(identifier)}`);
  }

  /** Follows identifiers and entities until nothing new is found. */
  private async reach(clusters: Clusters): Promise<FactsRow[]> {
    const found: FactsRow[] = [];
    const seen = new Set<string>();
    for (;;) {
      const fresh = clusters.names().filter((name) => !seen.has(name));
      if (fresh.length === 0) return found;
      for (const name of fresh) seen.add(name);
      const tokens = fresh.filter((name) => name.startsWith('#')).map((name) => name.slice(1));
      const entities = fresh.filter((name) => !name.startsWith('#'));
      for (const { entity, token } of await this.identities(entities, tokens)) clusters.join(entity, `#${token}`);
      found.push(...(await this.facts(entities)));
    }
  }

  // Each of these looks names up one by one, by index: without statistics, which an embedded database lacks while it
  // grows, a join with a long list would read the whole table.
  private identities(entities: readonly string[], tokens: readonly string[]) {
    const found = `cross join lateral (select entity, token from ${this.schema}.own_identifiers`;
    return this.db.query<{ entity: string; token: string }>(
      `select i.entity, i.token from unnest($1::text[]) as n (token) ${found} i where i.token = n.token offset 0) i
       union
       select i.entity, i.token from unnest($2::text[]) as n (entity) ${found} i where i.entity = n.entity offset 0) i`,
      [tokens, entities],
    );
  }

  private async facts(entities: readonly string[]): Promise<FactsRow[]> {
    const rows = await this.db.query<FactsRow>(
      `select t.record, t.entity, t.facts, (select k.key from ${this.schema}.keys k where k.record = t.record) as key
       from unnest($1::text[]) as n (entity) cross join lateral (
         select record, entity, facts from ${this.schema}.own_touches t
         where t.entity = n.entity and t.facts is not null offset 0
       ) t`,
      [entities],
    );
    return rows.filter(({ key }) => (key as Uint8Array | null) !== null);
  }

  private touches(entities: readonly string[]): Promise<TouchRow[]> {
    return this.db.query<TouchRow>(
      `select t.record, t.entity, (select r.kind from ${this.schema}.own_records r where r.record = t.record) as kind
       from unnest($1::text[]) as n (entity) cross join lateral (
         select record, entity from ${this.schema}.own_touches t where t.entity = n.entity offset 0
       ) t`,
      [entities],
    );
  }
}

const opened = ({ key, record, entity, facts }: FactsRow): PersonFacts =>
  JSON.parse(open(key, record, factsBinding(entity), facts)) as PersonFacts;

/** What one record says of a person. Null: a record that isn't stored yet. */
interface Said {
  record: string | null;
  entity: string;
  facts: PersonFacts;
}

const NONE: ReadonlySet<string> = new Set();

const claimOf = ({ record, entity, facts }: Said): string => [record, entity, ...[...facts.others].sort()].join(' ');

/** People, by everything that is said of them, under whatever name. */
class KnownPeople {
  private readonly saidOf: ReadonlyMap<string, readonly Said[]>;
  private readonly refusals = new Map<string, Set<string>>();
  private readonly shields = new Map<string, Shield>();

  constructor(
    private readonly clusters: Clusters,
    said: readonly Said[],
  ) {
    this.saidOf = Map.groupBy(said, ({ entity }) => clusters.find(entity));
    for (const { record, facts } of said) for (const claim of facts.refused ?? []) this.refuse(record ?? '', claim);
  }

  /** Whom they are kept from, but for claims that were finally refused. */
  shieldOf(entity: string, refused: ReadonlySet<string> = NONE): Shield {
    if (refused.size > 0) return this.shieldBut(entity, refused);
    // Many names may mean one much reported person.
    const person = this.clusters.find(entity);
    const known = this.shields.get(person) ?? this.shieldBut(entity, NONE);
    this.shields.set(person, known);
    return known;
  }

  private shieldBut(entity: string, refused: ReadonlySet<string>): Shield {
    return shieldOfPerson(
      this.of(entity).map((one) => ({ ...one.facts, claimed: one.facts.claimed && !refused.has(claimOf(one)) })),
    );
  }

  claimsOf(entity: string): string[] {
    return this.of(entity)
      .filter(({ facts }) => facts.claimed)
      .map(claimOf);
  }

  /** The claims that a record says were finally refused. */
  refusedBy(record: string): ReadonlySet<string> {
    return this.refusals.get(record) ?? NONE;
  }

  private of(entity: string): readonly Said[] {
    return this.saidOf.get(this.clusters.find(entity)) ?? [];
  }

  private refuse(record: string, claim: string): void {
    this.refusals.set(record, (this.refusals.get(record) ?? new Set()).add(claim));
  }
}

const recordsOf = (rows: readonly TouchRow[], known: KnownPeople): Map<string, Shielded> => {
  const found = new Map<string, Shielded>();
  for (const { record, kind, entity } of rows) {
    const before = found.get(record)?.shield ?? NO_SHIELD;
    found.set(record, { kind, shield: mergeShields(before, known.shieldOf(entity, known.refusedBy(record))) });
  }
  return found;
};
