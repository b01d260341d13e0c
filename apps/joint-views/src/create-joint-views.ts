import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Exchange } from '#exchange';
import { createApp, createMetrics, systemClock, type Clock, type Logger } from '#platform';
import type { Database } from '#sql';
import type { MemberThresholds } from './dna/thresholds.ts';
import { createIntake, type IntakeConfig, type IntakeSide } from './intake/create-intake.ts';
import { measureIntake } from './intake/metrics.ts';
import { JointViewsModule } from './joint-views.module.ts';

export interface JointViewsConfig extends IntakeConfig {
  /** Whether its metrics hold the process's own too: one app of a process is enough. */
  processMetrics?: boolean;
  /** What members take for a DNA hit. */
  dnaThresholds?: MemberThresholds;
  /** How many requests a token may make in a minute; 0: any number. */
  requestsPerMinute?: number;
}

export interface JointViewsParts {
  /** Holds the views, the keys and the consultation log. The joint views close neither this nor the exchange. */
  db: Database;
  exchange: Exchange;
  logger: Logger;
  clock?: Clock;
}

export interface JointViews {
  app: NestFastifyApplication;
  side: IntakeSide;
  listen(port: number, host?: string): Promise<void>;
  /** Stops answering, then consuming. */
  close(): Promise<void>;
}

const KEYS_BODY_LIMIT = 4 * 1024 * 1024;

/** Makes the joint views: their tables where they are missing, consuming started, ready to listen. */
export async function createJointViews(config: JointViewsConfig, parts: JointViewsParts): Promise<JointViews> {
  const clock = parts.clock ?? systemClock;
  const { db, exchange, logger } = parts;
  const side = await createIntake(config, { db, exchange, clock, logger });
  const metrics = createMetrics('joint-views', config.processMetrics);
  measureIntake(metrics, side, clock);
  const { requestsPerMinute, dnaThresholds } = config;
  const wiring = { side, db, exchange, clock, logger, metrics, requestsPerMinute, dnaThresholds };
  const app = await createApp(JointViewsModule.register(wiring), {
    title: 'Accord joint views',
    description: 'What the members released, as each may see it: every answer under the access rule, and logged.',
    bodyLimit: KEYS_BODY_LIMIT,
  });
  await side.start();
  return {
    app,
    side,
    listen: async (port, host = '127.0.0.1') => void (await app.listen(port, host)),
    close: async () => {
      await app.close();
      await side.stop();
    },
  };
}
