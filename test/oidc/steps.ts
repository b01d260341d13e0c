import { setTimeout as sleep } from 'node:timers/promises';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What is done and found out, said line by line. */
export class Steps {
  passed = 0;
  failed = 0;

  note(line: string): void {
    say(`-- ${line}`);
  }

  check(what: string, found: unknown, expected: unknown): void {
    const same = JSON.stringify(found) === JSON.stringify(expected);
    if (same) this.passed += 1;
    else this.failed += 1;
    say(same ? `ok ${what}` : `FAILED ${what}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
  }

  /** That work is refused, by an error of a class. */
  async refuses(what: string, work: Promise<unknown>, by: new (...args: never[]) => Error): Promise<void> {
    const outcome = await work.then(
      () => 'it was not',
      (error: unknown) => (error instanceof by ? 'refused' : String(error)),
    );
    this.check(what, outcome, 'refused');
  }
}

/** Asks until the answer is good, or half a minute is over; the last answer either way. */
export async function until<T>(ask: () => Promise<T>, good: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (good(answer) || Date.now() > end) return answer;
    await sleep(250);
  }
}
