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

  /** `asked` may be touches of records that aren't stored yet. */
  async know(asked: readonly Touch[]): Promise<Knowledge> {
    const clusters = new Clusters();
    const facts: [entity: string, facts: PersonFacts][] = [];
    for (const touch of asked) {
      this.join(clusters, touch);
      if (touch.person) facts.push([touch.entity, touch.person]);
    }
    for (const row of await this.reach(clusters)) facts.push([row.entity, opened(row)]);
    const shieldOfEntity = shieldsBy(clusters, facts);
    const shielded = clusters.names().filter((name) => shieldOfEntity(name).length > 0);
    const rows = shielded.length > 0 ? await this.touches(shielded) : [];
    return {
      shieldOf: (touches) => mergeShields(...touches.map(({ entity }) => shieldOfEntity(entity))),
      shielded: () => recordsOf(rows, shieldOfEntity),
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

type ShieldOfEntity = (entity: string) => Shield;

const shieldsBy = (clusters: Clusters, facts: readonly (readonly [string, PersonFacts])[]): ShieldOfEntity => {
  const shields = new Map<string, Shield>();
  for (const [person, all] of Map.groupBy(facts, ([entity]) => clusters.find(entity))) {
    shields.set(person, shieldOfPerson(all.map(([, one]) => one)));
  }
  return (entity) => shields.get(clusters.find(entity)) ?? NO_SHIELD;
};

const recordsOf = (rows: readonly TouchRow[], shieldOfEntity: ShieldOfEntity): Map<string, Shielded> => {
  const found = new Map<string, Shielded>();
  for (const { record, kind, entity } of rows) {
    const shield = mergeShields(found.get(record)?.shield ?? NO_SHIELD, shieldOfEntity(entity));
    found.set(record, { kind, shield });
  }
  return found;
};
