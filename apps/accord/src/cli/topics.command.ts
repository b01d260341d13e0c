import { Command } from 'commander';
import { applyTopics, type Applied } from '#exchange/kafka';
import { codesOf, readMembers } from '../embedded/task-force-seed.ts';
import { Home } from '../home/home.ts';
import { issueToken } from '../home/issuers.ts';
import { projectRoot } from '../home/project-root.ts';
import { planFor, topicsConnection } from '../topics/topics.ts';
import { request } from './client.ts';
import { dataOption, jsonOption, parseMembers } from './options.ts';

interface Options {
  member?: string[];
  registry?: string;
  data?: string;
  json?: boolean;
}

const HELP = `
Makes what is missing, and takes away rights that the plan doesn't know: run it again after each change. It deletes no
topic. A topic has one partition, keeps everything, and is written by its source alone:
  accord.registry.members     User:registry writes; User:joint-views and every member read
  accord.registry.agreements  User:registry writes; User:joint-views reads
  each with .heartbeat        the same; forgets what is older than an hour: that the registry lives, and what it said last
  accord.members.GB           User:GB writes; User:joint-views and User:GB read

Who is a member: --member where given; with --registry all that this registry knows; else those of seeds/members.json.
Whoever is left out can read the registry's members no more: name all members, not only a new one.

Settings (the administrator's, a super user of the brokers):
  KAFKA_BROKERS         host:port,…  (without it: the Kafka of accord start-distributed on this data directory)
  KAFKA_USER            with KAFKA_PASSWORD or KAFKA_PASSWORD_FILE, KAFKA_SASL_MECHANISM (plain, scram-sha-256, scram-sha-512)
  KAFKA_TLS             true: by the system's authorities; or KAFKA_CA_FILE, a PEM file
  KAFKA_TOPIC_PREFIX    accord
  KAFKA_REPLICAS        1; of topics that are made

Examples:
  accord topics
  KAFKA_BROKERS=kafka:9092 KAFKA_USER=admin KAFKA_PASSWORD_FILE=/run/secrets/kafka-admin accord topics --member GB,AL,XK

Exit: 0 done, 2 done, and somebody has rights on more than a topic: look at them.`;

const knownTo = async (registry: string, home: Home): Promise<string[]> => {
  const member = codesOf(readMembers(projectRoot))[0] ?? '';
  const token = await issueToken(home, { member, roles: ['admin'], clearance: 'OFFICIAL', user: 'cli' });
  const { items } = await request<{ items: { code: string }[] }>('GET', `${registry}/v1/members?limit=500`, { token });
  return items.map(({ code }) => code);
};

const membersOf = async ({ member, registry }: Options, home: Home): Promise<string[]> => {
  if (member !== undefined) return member;
  if (registry !== undefined) return knownTo(registry.replace(/\/$/, ''), home);
  return codesOf(readMembers(projectRoot));
};

const linesOf = ({ made, granted, revoked, broader }: Applied): string[] => [
  ...made.map((topic) => `made     ${topic}`),
  ...granted.map((right) => `granted  ${right}`),
  ...revoked.map((right) => `revoked  ${right}`),
  ...broader.map((right) => `BROADER  ${right}`),
  `${made.length} topics made, ${granted.length} rights granted, ${revoked.length} revoked`,
];

/** `accord topics`. */
export const topicsCommand = (): Command =>
  new Command('topics')
    .description("makes the exchange's topics on Kafka, and sets who may write and read each")
    .option('--member <codes>', 'the members, comma-separated', parseMembers)
    .option('--registry <url>', 'ask this registry who the members are')
    .addOption(jsonOption())
    .addOption(dataOption())
    .addHelpText('after', HELP)
    .action(async (options: Options) => {
      const home = new Home(options.data);
      const members = await membersOf(options, home);
      const { connection, ...shape } = topicsConnection(home);
      const applied = await applyTopics(connection, planFor(members, shape));
      const text = options.json ? JSON.stringify({ members, ...applied }) : linesOf(applied).join('\n');
      process.stdout.write(`${text}\n`);
      if (applied.broader.length > 0) process.exitCode = 2;
    });
