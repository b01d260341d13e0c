import { exchangeContract } from '../testing/exchange.contract.ts';
import { describeKafka, newPrefix, QUICK } from '../testing/kafka-server.ts';
import { openKafkaExchange } from './index.ts';

await describeKafka('the exchange on Kafka', (login) => {
  let prefix: string;
  const reopen = () => openKafkaExchange({ ...login('admin'), ...QUICK, prefix });
  const open = () => {
    prefix = newPrefix();
    return reopen();
  };
  exchangeContract({ open, reopen });
});
