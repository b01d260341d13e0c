import { Check, type Verdict } from './check.ts';
import { INJECT } from './faults.ts';
import { carryOut } from './kills.ts';
import { Ledger } from './ledger.ts';
import { Load } from './load.ts';
import { Rig } from './rig.ts';
import { ALONE, ROLES, scheduleOf, type Fault, type Group, type Happening, type Role, type Shape } from './schedule.ts';
import type { Scene } from './scene.ts';
import { settled } from './settling.ts';

export interface Options extends Shape {
  seed: number;
  portBase: number;
  /** People at work at each member. */
  desks: number;
  say: (line: string) => void;
  /** Whether what the product has kept stays where something was wrong. */
  keep: boolean;
}

export interface Outcome extends Verdict {
  kills: Record<Role, number>;
  faults: Partial<Record<Fault, number>>;
  acknowledged: number;
  /** Kills and faults that could not be injected, and why. */
  notInjected: string[];
}

/** One run: the product under load, a seed's kills and faults in groups, and after each group the whole check. */
class Run {
  readonly #kills = Object.fromEntries(ROLES.map((role) => [role, 0])) as Record<Role, number>;
  readonly #faults: Partial<Record<Fault, number>> = {};
  readonly #notInjected: string[] = [];
  readonly #ledger: Ledger;
  readonly #load: Load;
  readonly #check: Check;
  readonly #scene: Scene;
  #lasted = '';

  constructor(
    private readonly rig: Rig,
    private readonly options: Options,
  ) {
    this.#ledger = new Ledger(rig.home.path('ledger.ndjson'));
    this.#load = new Load(rig, this.#ledger, options.seed, options.desks);
    this.#check = new Check(rig, this.#ledger);
    this.#scene = { rig, ledger: this.#ledger };
  }

  async all(groups: readonly Group[]): Promise<Outcome> {
    let verdict: Verdict = { events: 0, lost: [], doubled: [], differing: [], wrong: [] };
    for (const [n, group] of groups.entries()) {
      verdict = await this.#group(group);
      this.#say(`${n + 1}/${groups.length}`, verdict);
      if (isWrong(verdict)) break;
    }
    const { acknowledged } = this.#ledger;
    return { ...verdict, kills: this.#kills, faults: this.#faults, acknowledged, notInjected: this.#notInjected };
  }

  async #group({ kills, happenings }: Group): Promise<Verdict> {
    const times = [Date.now()];
    this.#load.begin();
    const isAlone = ({ fault }: Happening) => ALONE.includes(fault);
    for (const happening of happenings.filter(isAlone)) await this.#inject(happening);
    await Promise.all([
      ...happenings.filter((one) => !isAlone(one)).map((happening) => this.#inject(happening)),
      ...kills.map((kill) => this.#tried(carryOut(this.rig, kill), () => (this.#kills[kill.role] += 1))),
    ]);
    times.push(Date.now());
    await this.#load.end();
    await settled(this.rig);
    times.push(Date.now());
    const verdict = await this.#check.run();
    times.push(Date.now());
    const [faults, settling, checking] = times.slice(1).map((time, n) => ((time - times[n]!) / 1000).toFixed(0));
    this.#lasted = `${faults} s of faults, settled in ${settling} s, checked in ${checking} s`;
    return verdict;
  }

  async #inject(happening: Happening): Promise<void> {
    const { fault } = happening;
    await this.#tried(
      INJECT[fault](this.#scene, happening),
      () => (this.#faults[fault] = (this.#faults[fault] ?? 0) + 1),
      fault,
    );
  }

  async #tried(work: Promise<void>, done: () => void, what = 'kill'): Promise<void> {
    try {
      await work;
      done();
    } catch (error) {
      this.#notInjected.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #say(group: string, verdict: Verdict): void {
    const kills = ROLES.map((role) => `${role} ${this.#kills[role]}`).join(', ');
    const refusals = [...this.#ledger.refusals].map(([how, n]) => `${how} ${n}`).join(', ');
    this.options.say(
      `group ${group} (${this.#lasted}): kills: ${kills}; ${this.#ledger.acknowledged} acknowledged, ` +
        `${verdict.events} events on the exchange; refused: ${refusals || 'none'}; ${summaryOf(verdict)}`,
    );
  }
}

const isWrong = ({ lost, doubled, differing, wrong }: Verdict): boolean =>
  lost.length + doubled.length + differing.length + wrong.length > 0;

export const summaryOf = ({ lost, doubled, differing }: Verdict): string =>
  `${lost.length} lost, ${doubled.length} duplicated, ${differing.length} views differ`;

export const hasFailed = (outcome: Outcome): boolean => isWrong(outcome) || outcome.notInjected.length > 0;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs a seed. Where something was wrong and `keep`, the data directory stays, and is named. */
export const runFaults = async (options: Options): Promise<Outcome> => {
  const { say, seed } = options;
  const rig = await Rig.start(options.portBase);
  let keeps = options.keep;
  const stop = (): void => void rig.dispose().finally(() => process.exit(130));
  for (const signal of SIGNALS) process.once(signal, stop);
  try {
    say(`started; the store's disk: ${rig.disk.how}`);
    const outcome = await new Run(rig, options).all(scheduleOf(seed, options));
    keeps &&= hasFailed(outcome);
    return outcome;
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
    await rig.dispose(keeps);
    if (keeps) say(`what it kept: ${rig.home.dir}`);
  }
};
