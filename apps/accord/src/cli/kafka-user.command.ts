import { Command } from 'commander';
import { setScramUser } from '#exchange/kafka';
import { textOf } from '#platform';
import { Home } from '../home/home.ts';
import { topicsConnection } from '../topics/topics.ts';
import { dataOption } from './options.ts';

const HELP = `
For a member that joins while Kafka runs: users of SASL/PLAIN are fixed when it starts. The user has no rights by itself.
Run "accord topics" for all members then; the member's node takes KAFKA_SASL_MECHANISM=scram-sha-512, KAFKA_USER and
KAFKA_PASSWORD_FILE. Again, it changes the password; who is connected stays so.

Settings: those of "accord topics", the administrator's.

Example:
  KAFKA_BROKERS=kafka:9092 KAFKA_USER=admin KAFKA_PASSWORD_FILE=/run/secrets/kafka-admin \\
    accord kafka-user RS --password-file rs-password`;

/** `accord kafka-user`. */
export const kafkaUserCommand = (): Command =>
  new Command('kafka-user')
    .description('makes a Kafka user that signs in by SCRAM-SHA-512, or changes its password, while Kafka runs')
    .argument('<name>', "the principal: a member's code")
    .requiredOption('--password-file <file>', 'a file that holds the password; Kafka gets what is derived of it')
    .addOption(dataOption())
    .addHelpText('after', HELP)
    .action(async (name: string, options: { passwordFile: string; data?: string }) => {
      const password = textOf('--password-file', options.passwordFile);
      if (password === '') throw new Error('The password is empty.');
      await setScramUser(topicsConnection(new Home(options.data)).connection, name, password);
      process.stdout.write(`${name} signs in by SCRAM-SHA-512\n`);
    });
