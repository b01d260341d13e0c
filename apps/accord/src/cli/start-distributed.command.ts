import { Command } from 'commander';
import { environment, stopWhenTold } from '#platform';
import { Distributed } from '../distributed/distributed.ts';
import { chooseEventStore } from '../distributed/event-store.ts';
import { seed } from '../seed/seed.ts';
import { prepare, SETTINGS_HELP, withStartOptions, type StartOptions } from './start-options.ts';
import { howToGoOn } from './welcome.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `accord start-distributed`: a process for each service, on Kafka and PostgreSQL. */
export const startDistributedCommand = (): Command =>
  withStartOptions(new Command('start-distributed'))
    .description('starts the whole task force as seven processes on a real Kafka and PostgreSQL, which it starts too')
    .addHelpText(
      'after',
      `
Needs Java 17 and Maven (Kafka's jars are fetched once, about 43 MB) and PostgreSQL's programs, and no container engine.
Each service has its own settings, its own database and its own Kafka principal. Logs lie in <data>/logs. A process that
ends by itself ends the whole. With EVENT_STORE=eventstoredb and EVENTSTOREDB_URL the registry's and the members' events
are kept on that server. How to run it for real: docs/operating.md.
${SETTINGS_HELP}`,
    )
    .action(async (options: StartOptions) => {
      const prepared = await prepare(options, 'distributed');
      const { home, endpoints } = prepared;
      const eventStore = chooseEventStore(home, environment());
      say(`Accord: starting on ${home.dir} …`);
      const running = new Distributed({ ...prepared, eventStore, say });
      let stopped: Promise<void> | undefined;
      const stop = (): Promise<void> => (stopped ??= running.stop());
      stopWhenTold('accord', stop);
      const work = async (): Promise<void> => {
        await running.start();
        home.writeJson(endpoints, 'endpoints.json');
        await seed(home, endpoints, options.seed);
        for (const line of howToGoOn(home, endpoints, 'distributed')) say(line);
      };
      const death = running.death.then((line) => Promise.reject(new Error(`${line}. Everything is stopped.`)));
      try {
        await Promise.race([death, work().then(() => death)]);
      } catch (error) {
        // What is told to stop ends one after the other: that is no failure.
        const told = stopped !== undefined;
        await stop();
        if (told) return;
        console.error(`accord: ${error instanceof Error ? error.message : String(error)}`);
        // Not exitCode: listening for the end of a launcher would keep this process alive.
        process.exit(1);
      }
    });
