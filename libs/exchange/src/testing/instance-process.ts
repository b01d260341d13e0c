/** The process of startInstance(). */
import { openKafkaExchange } from '../kafka/index.ts';
import type { InstanceSetup, Question, Reply } from './instance.ts';

const setup = JSON.parse(process.argv[2]!) as InstanceSetup;
const waiting = new Map<number, PromiseWithResolvers<number>>();
let asked = 0;

process.on('message', (message) => {
  const { id, place, error } = message as Reply;
  if (error === undefined) waiting.get(id)!.resolve(place ?? 0);
  else waiting.get(id)!.reject(new Error(error));
});
process.on('disconnect', () => process.exit(0));

function ask(question: Omit<Question, 'id'>): Promise<number> {
  asked += 1;
  const answer = Promise.withResolvers<number>();
  waiting.set(asked, answer);
  process.send!({ id: asked, ...question });
  return answer.promise;
}

const exchange = await openKafkaExchange(setup.exchange);
await exchange.consume({
  group: setup.group,
  sources: setup.sources,
  from: (source) => ask({ source }),
  onBatch: async (source, entries) => void (await ask({ source, entries })),
});
