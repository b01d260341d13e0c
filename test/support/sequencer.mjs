import { relative, sep } from 'node:path';
import { statSync } from 'node:fs';

/**
 * What takes longest, longest first: where one of these came last, the other workers would wait for it. A clean clone
 * has no record of how long each took, and the size of a file says little: those that start the product are short.
 */
const LONGEST = [
  'test/e2e/distributed.',
  'test/leaks/',
  'test/e2e/',
  'test/faults/',
  'test/chaos/',
  'test/deploy/metrics.',
  'test/authorisation/',
  'apps/joint-views/src/intake/',
  'libs/exchange/',
  'libs/event-store/',
  'test/',
];

const rankOf = ({ path, context }) => {
  const name = relative(context.config.rootDir, path).split(sep).join('/');
  const rank = LONGEST.findIndex((start) => name.startsWith(start));
  return rank < 0 ? LONGEST.length : rank;
};

/** In which order jest's workers take the specs: the same on every machine. */
export default class Sequencer {
  sort(tests) {
    const ranked = tests.map((test) => ({ test, rank: rankOf(test), size: statSync(test.path).size }));
    return ranked.sort((a, b) => a.rank - b.rank || b.size - a.size).map(({ test }) => test);
  }

  /** For `--shard`. */
  shard(tests, { shardIndex, shardCount }) {
    return this.sort(tests).filter((_, n) => n % shardCount === shardIndex - 1);
  }

  /** For `--onlyFailures`: nothing is kept of an earlier run, so all of them. */
  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}
