// npm run test:bulk [-- --lines 100000]: a large batch through the started product. Prints the peak of its memory, and
// whether a kill -9 in the middle lost a line or stored one twice.
import { parseArgs } from 'node:util';
import { settled } from '../support/caller.ts';
import { Product } from '../support/product.ts';
import { killedHalfway, sendBatch } from './bulk.ts';

const { values } = parseArgs({ options: { lines: { type: 'string', default: '100000' } } });
const lines = Number(values.lines);

const measured = async (): Promise<void> => {
  const product = await Product.start();
  try {
    console.log(`started: peak RSS ${product.peakRss()} MiB, now ${product.rss()} MiB`);
    for (const count of [Math.round(lines / 10), lines]) {
      product.resetPeak();
      const started = Date.now();
      let accepted = 0;
      await sendBatch(product, count, (line) => (accepted += line.status === 'accepted' ? 1 : 0));
      const seconds = (Date.now() - started) / 1000;
      console.log(
        `${count} lines: ${accepted} accepted, ${Math.round(count / seconds)} lines/s, peak RSS ${product.peakRss()} MiB`,
      );
    }
    await settled(product, 'GB');
    console.log(`applied by the joint views: peak RSS ${product.peakRss()} MiB`);
  } finally {
    await product.dispose();
  }
};

const killed = async (): Promise<boolean> => {
  const product = await Product.start();
  try {
    const result = await killedHalfway(product, lines);
    console.log(
      `killed -9 after ${result.acknowledgedBeforeKill} acknowledged; sent again: ${result.accepted} accepted, ${result.changed} with another id`,
    );
    console.log(`listed ${result.listed}, different ${result.different}`);
    const lost = lines - result.different;
    console.log(`${lost} lost, ${result.listed - result.different} twice`);
    return result.accepted === lines && result.changed === 0 && lost === 0 && result.listed === lines;
  } finally {
    await product.dispose();
  }
};

await measured();
process.exitCode = (await killed()) ? 0 : 1;
