import { setTimeout as sleep } from 'node:timers/promises';
import { aReport, PURPOSE } from '../support/caller.ts';
import { randomFrom, type Random } from '../access/random.ts';
import { Caller, type Acknowledged } from './caller.ts';
import type { Ledger } from './ledger.ts';
import { lifeOf, type Life } from './lives.ts';
import { MEMBERS, type Member, type Rig } from './rig.ts';

const PAUSE_MS = 60;
const LINES = 30;

interface Report {
  id: string;
  state: 'submitted' | 'released';
}

interface Operation {
  id: string;
  partner: Member;
  steps: ('approve' | 'launch' | 'deed' | 'conclude')[];
}

interface Begun extends Life {
  id: string;
  partner: Member;
}

/** Somebody at one member's desk: what she reports, releases, amends, recalls, erases and plans, one after the other. */
class Desk {
  readonly #caller: Caller;
  readonly #random: Random;
  #reports: Report[] = [];
  #operations: Operation[] = [];
  #lives: Begun[] = [];
  #count = 0;

  constructor(
    rig: Rig,
    private readonly ledger: Ledger,
    private readonly member: Member,
    private readonly name: string,
    seed: number,
  ) {
    this.#caller = new Caller(rig, ledger);
    this.#random = randomFrom(seed);
  }

  /** One step of work. Resolves when it is answered. */
  async work(): Promise<void> {
    const steps: [weight: number, () => Promise<void>][] = [
      [26, () => this.#submit(true)],
      [6, () => this.#submit(false)],
      [20, () => this.#change()],
      [16, () => this.#live()],
      [9, () => this.#end('recall')],
      [5, () => this.#end('erase')],
      [6, () => this.#plan()],
      [10, () => this.#goOn()],
      [2, () => this.#batch()],
    ];
    let at = this.#random.below(100);
    const [, step] = steps.find(([weight]) => (at -= weight) < 0)!;
    await step();
  }

  get #release(): object {
    const audience = this.#random.chance(0.6)
      ? 'TASK_FORCE'
      : [this.#random.pick(MEMBERS.filter((m) => m !== this.member))];
    return { audience, purposes: [PURPOSE] };
  }

  #next(): string {
    return `${this.name}-${(this.#count += 1)}`;
  }

  async #say(what: string, path: string, body: object, member = this.member): Promise<Acknowledged | null> {
    return this.#caller.send({ member, path, body, key: `${this.#next()}-${what}` });
  }

  #keep(what: string, stream: string, version: number, member = this.member): void {
    this.ledger.acknowledge({ member, stream, version }, what);
  }

  async #submit(isReleased: boolean): Promise<void> {
    const body = aReport(this.#next(), isReleased ? { release: this.#release } : {});
    const answer = await this.#say('submit', '/v1/reports', body);
    if (!answer) return;
    this.#keep('submit', `report-${answer.id}`, answer.version);
    this.#reports.push({ id: answer.id, state: isReleased ? 'released' : 'submitted' });
  }

  async #change(): Promise<void> {
    const report = this.#random.pick(this.#reports);
    if (!report) return this.#submit(true);
    const isAmended = report.state === 'released' && this.#random.chance(0.7);
    const tearLine = { title: `Short ${this.#count}`, entities: [], audience: 'TASK_FORCE' };
    const release = { ...this.#release, ...(this.#random.chance(0.2) && { tearLine }) };
    const answer = isAmended
      ? await this.#say('amend', `/v1/reports/${report.id}/amend`, { title: `Amended ${this.#count}`, reason: 'news' })
      : await this.#say('release', `/v1/reports/${report.id}/release`, release);
    if (!answer) return;
    this.#keep(isAmended ? 'amend' : 'release', `report-${report.id}`, answer.version);
    report.state = 'released';
  }

  async #end(how: 'recall' | 'erase'): Promise<void> {
    const report = this.#random.pick(this.#reports.filter(({ state }) => how === 'erase' || state === 'released'));
    if (!report) return this.#submit(true);
    this.#reports = this.#reports.filter((one) => one !== report);
    const answer = await this.#say(how, `/v1/reports/${report.id}/${how}`, { reason: 'no longer so' });
    if (answer) this.#keep(how, `report-${report.id}`, answer.version);
  }

  async #plan(): Promise<void> {
    const partner = this.#random.pick(MEMBERS.filter((member) => member !== this.member));
    const answer = await this.#say('plan', '/v1/operations', {
      name: `Operation ${this.#next()}`,
      participants: [partner],
      purposes: [PURPOSE],
      area: 'the coast',
      window: { from: '2026-05-01T00:00:00Z', to: '2026-05-14T00:00:00Z' },
      targets: [],
      classification: 'OFFICIAL',
    });
    if (!answer) return;
    this.#keep('plan', `operation-${answer.id}`, answer.version);
    const steps = this.#random.chance(0.5) ? (['approve', 'launch'] as const) : (['launch', 'approve'] as const);
    this.#operations.push({ id: answer.id, partner, steps: [...steps, 'deed', 'deed', 'conclude'] });
  }

  async #goOn(): Promise<void> {
    const operation = this.#random.pick(this.#operations);
    const step = operation?.steps.shift();
    if (!operation || !step) return this.#plan();
    this.#operations = this.#operations.filter(({ steps }) => steps.length > 0);
    const path = `/v1/operations/${operation.id}`;
    if (step === 'approve') return this.#approve(path, operation);
    if (step === 'deed') return this.#contribute(path, operation);
    const answer = await this.#say(step, `${path}/${step}`, step === 'conclude' ? { outcome: 'done' } : {});
    if (answer) this.#keep(step, `operation-${operation.id}`, answer.version);
  }

  async #approve(path: string, { id, partner }: Operation): Promise<void> {
    // The claim's own id is the partner's to make: it is found by what it is about.
    if (await this.#say('approve', `${path}/approve`, {}, partner))
      this.#keep('approve', `approval of ${id}`, 1, partner);
  }

  async #contribute(path: string, { partner }: Operation): Promise<void> {
    const member = this.#random.pick([this.member, partner]);
    const body = { count: 1 + this.#random.below(9), at: '2026-05-03T05:00:00Z', place: 'the harbour' };
    const answer = await this.#say('rescue', `${path}/rescues`, body, member);
    if (answer) this.#keep('rescue', `contribution-${answer.id}`, answer.version, member);
  }

  /** Another system's record, from its beginning to its end, a step at a time. */
  async #live(): Promise<void> {
    const life = this.#random.pick(this.#lives);
    if (!life || this.#random.chance(0.3)) return this.#begin();
    const step = life.steps.shift();
    this.#lives = this.#lives.filter(({ steps }) => steps.length > 0);
    if (!step) return;
    const { what, path, body, byPartner } = step;
    const member = byPartner ? life.partner : this.member;
    const answer = await this.#say(what, `${life.path}/${life.id}${path}`, body, member);
    const stream = byPartner ? `contribution-${answer?.id}` : `${life.kind}-${life.id}`;
    if (answer) this.#keep(what, stream, answer.version, member);
  }

  async #begin(): Promise<void> {
    const partner = this.#random.pick(MEMBERS.filter((member) => member !== this.member));
    const life = lifeOf({ random: this.#random, name: this.#next(), partner });
    const answer = await this.#say('begin', life.path, life.body);
    if (!answer) return;
    this.#keep('begin', `${life.kind}-${answer.id}`, answer.version);
    this.#lives.push({ ...life, id: answer.id, partner });
  }

  async #batch(): Promise<void> {
    const lines = Array.from({ length: LINES }, () => aReport(this.#next(), { release: this.#release }));
    for (const { id, version } of await this.#caller.sendBatch(this.member, lines))
      this.#keep('line', `report-${id}`, version);
  }
}

/** Continuous work at several desks of each member. */
export class Load {
  readonly #desks: Desk[];
  #working: Promise<void>[] = [];
  #isOn = false;

  constructor(rig: Rig, ledger: Ledger, seed: number, desks: number) {
    this.#desks = MEMBERS.flatMap((member, m) =>
      Array.from(
        { length: desks },
        (_, n) => new Desk(rig, ledger, member, `${seed}-${member}-${n}`, seed * 1_000 + m * 100 + n),
      ),
    );
  }

  begin(): void {
    this.#isOn = true;
    this.#working = this.#desks.map(async (desk) => {
      while (this.#isOn) {
        await desk.work();
        await sleep(PAUSE_MS);
      }
    });
  }

  /** Resolves when everything that was asked is answered. */
  async end(): Promise<void> {
    this.#isOn = false;
    await Promise.all(this.#working);
  }
}
