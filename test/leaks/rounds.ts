import { isDeepStrictEqual } from 'node:util';
import { randomFrom, type Random } from '../access/random.ts';
import { checksFor } from './checks.ts';
import { ownPathsOf, pathsOf, type Asked } from './paths.ts';
import { Side, type Answered } from './side.ts';
import { sees, VIEWERS, visibleTo, withoutTellingClaims, type WorldViewer } from './viewers.ts';
import { wordsFor, wordsFrom } from './words.ts';
import { ACTIVE, worldFrom, type Item, type World } from './world.ts';

export interface Difference {
  seed: number;
  viewer: WorldViewer;
  what: string;
  withHidden: unknown;
  without: unknown;
}

/** How often each route answered what: `GET /v1/reports 200`. */
export type Tally = Map<string, number>;

/** How many of its questions a round asks. */
const QUESTIONS = 24;

/** Two read sides: one holds everything, the other what one viewer may know of. */
export class Rounds {
  readonly tally: Tally = new Map();
  readonly differences: Difference[] = [];
  hidden = 0;

  private constructor(
    private whole: Side,
    private part: Side,
  ) {}

  static async open(): Promise<Rounds> {
    return new Rounds(await Side.open(), await Side.open());
  }

  /** On new databases: what was emptied ever again takes up memory. */
  async renew(): Promise<void> {
    await this.close();
    this.whole = await Side.open();
    this.part = await Side.open();
  }

  async close(): Promise<void> {
    await this.whole.close();
    await this.part.close();
  }

  /** One world, one viewer, and some of what it may ask. */
  async play(seed: number): Promise<void> {
    const random = randomFrom(seed * 31 + 7);
    const world = withoutTellingClaims(worldFrom(seed));
    const viewer = random.pick(VIEWERS);
    // As the owner of its records: they are all there, whether or not this viewer's clearance suffices.
    const asOwner = random.chance(0.35);
    const mine = ({ access }: Item) => access.originator === viewer.member;
    const seen = visibleTo(viewer, world.items);
    const kept = asOwner ? world.items.filter((item) => mine(item) || seen.includes(item)) : seen;
    const { quiet, told } = wordsFor(viewer, world.items, wordsFrom(seed, world));
    const checks = checksFor(viewer, world.items);
    await this.whole.fill(world.items, world.claims, quiet, checks);
    await this.part.fill(kept, world.claims, told, checks);
    this.hidden += world.items.length - kept.length;
    const asked = random.shuffled(asOwner ? ownPathsOf(world, viewer) : pathsOf(world, viewer)).slice(0, QUESTIONS);
    await this.ask(seed, asked, viewer);
    if (!asOwner) await this.recall(seed, { random, world, viewer });
    await this.compare(seed, viewer, 'consultation log', (side) => side.log(viewer.member));
  }

  private async ask(seed: number, asked: readonly Asked[], viewer: WorldViewer): Promise<Answered[]> {
    const without = await this.part.answers(asked, viewer);
    const answers = await this.whole.answers(asked, viewer);
    for (let i = 0; i < Math.max(answers.length, without.length); i += 1) {
      const what = (answers[i] ?? without[i])!.path;
      this.check({ seed, viewer, what, withHidden: answers[i], without: without[i] });
    }
    for (const { path, status } of answers) this.count(`${routeOf(path)} ${status}`);
    return answers;
  }

  /**
   * The exception that is meant: who was served a record hears that it was taken from it, in the same bytes by a shield
   * and a later recall of the others as by a recall. Of a hidden record, recalled beside it, it hears nothing.
   */
  private async recall(
    seed: number,
    { random, world, viewer }: { random: Random; world: World; viewer: WorldViewer },
  ): Promise<void> {
    const lists = [{ path: '/v1/reports?limit=50', roles: ['analyst'] }];
    const [list] = await this.ask(seed, lists, viewer);
    const { items } = JSON.parse(list!.text) as { items: { id: string; originator: string }[] };
    const served = items.filter(({ originator }) => originator !== viewer.member);
    const told = served.length > 0 ? random.pick(served) : null;
    const foreign = world.items.filter(({ access }) => access.originator !== viewer.member && !sees(viewer, access));
    const open = foreign.filter(
      ({ access }) => access.id !== told?.id && !['recalled', 'erased'].includes(access.state),
    );
    if (open.length > 0) {
      const { id, originator } = random.pick(open).access;
      await this.whole.take(id, originator, null);
    }
    if (told) await this.take(told, viewer, random.chance(0.5));
    const [notices] = await this.ask(seed, [{ path: '/v1/notices?limit=50', roles: ['analyst'] }], viewer);
    const all = (JSON.parse(notices!.text) as { items: { kind: string; record: string }[] }).items;
    const recalls = all.filter(({ kind }) => kind === 'recall').map(({ record }) => record);
    if (all.some(({ kind }) => kind === 'document-checked')) this.count('a notice of a checked document');
    this.check({ seed, viewer, what: 'recall notices', withHidden: recalls, without: told ? [told.id] : [] });
    if (told) this.count('a recall notice');
  }

  /** From this viewer on both sides; on one of them by a shield, maybe, and from the others after it. */
  private async take(
    { id, originator }: { id: string; originator: string },
    { member }: WorldViewer,
    shielded: boolean,
  ) {
    await this.part.take(id, originator, null);
    await this.whole.take(id, originator, shielded ? [member] : null);
    const others = ACTIVE.filter((code) => code !== member);
    if (shielded) await this.whole.take(id, originator, others, 901);
  }

  private count(name: string): void {
    this.tally.set(name, (this.tally.get(name) ?? 0) + 1);
  }

  private async compare(seed: number, viewer: WorldViewer, what: string, of: (side: Side) => Promise<unknown>) {
    this.check({ seed, viewer, what, withHidden: await of(this.whole), without: await of(this.part) });
  }

  private check(difference: Difference): void {
    if (!isDeepStrictEqual(difference.withHidden, difference.without)) this.differences.push(difference);
  }
}

/** A path without what it names, after its method. */
function routeOf(path: string): string {
  const [, method = 'GET', route = ''] = /^(?:(POST) )?([^? ]*)/.exec(path)!;
  return `${method} ${route}`
    .replace(/(reports|operations|subjects)\/.+$/, '$1/:id')
    .replace(/\/[\da-f]{8}-[\da-f-]{27}/, '/:id')
    .replace(/onboarding\/[A-Z]{2}\//, 'onboarding/:code/');
}
