import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { Registry } from 'prom-client';
import { AuthGuard } from './auth/auth.guard.ts';
import type { IssuerDirectory } from './auth/principal.ts';
import { TokenVerifier } from './auth/token-verifier.ts';
import { JsonBodyPipe } from './http/json-body.pipe.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { RATE_LIMITS, RateLimitGuard, RateLimits, REQUESTS_PER_MINUTE } from './http/rate-limit.ts';
import { dtoValidation } from './http/validation.ts';
import { CLOCK, systemClock, type Clock } from './ops/clock.ts';
import type { Logger } from './ops/logger.ts';
import { createMetrics } from './ops/metrics.ts';
import { OpsController } from './ops/ops.controller.ts';

export interface PlatformOptions {
  name: string;
  issuers: IssuerDirectory;
  logger: Logger;
  clock?: Clock;
  /** Where the app's own metrics go; by default nothing but the platform's. */
  metrics?: Registry;
  /** How many requests a token may make in a minute; 0: any number. */
  requestsPerMinute?: number;
}

/** Injection token of the Logger. */
export const LOGGER = Symbol('Logger');

/** What every app has: authentication on each route, problem details, strict bodies, health, metrics, a clock. */
@Module({})
export class PlatformModule {
  static register(options: PlatformOptions): DynamicModule {
    const clock = options.clock ?? systemClock;
    return {
      module: PlatformModule,
      global: true,
      controllers: [OpsController],
      providers: [
        { provide: CLOCK, useValue: clock },
        { provide: LOGGER, useValue: options.logger },
        { provide: Registry, useValue: options.metrics ?? createMetrics(options.name) },
        { provide: TokenVerifier, useValue: new TokenVerifier(options.issuers, () => clock.now(), options.logger) },
        { provide: RATE_LIMITS, useValue: new RateLimits(options.requestsPerMinute ?? REQUESTS_PER_MINUTE) },
        { provide: APP_GUARD, useClass: AuthGuard },
        // In this order.
        { provide: APP_GUARD, useClass: RateLimitGuard },
        { provide: APP_FILTER, useValue: new ProblemFilter(options.logger) },
        { provide: APP_PIPE, useClass: JsonBodyPipe },
        { provide: APP_PIPE, useFactory: dtoValidation },
      ],
      exports: [CLOCK, LOGGER, RATE_LIMITS, Registry, TokenVerifier],
    };
  }
}
