import { Module, type DynamicModule } from '@nestjs/common';
import type { Exchange } from '#exchange';
import { openEmbeddedExchange } from '#exchange/embedded';
import { openPglite, type Database } from '#sql';
import { ConformanceController } from './conformance.controller.ts';
import { Conformance } from './conformance.ts';

const REGISTRY = '/registry/members';
const MOST = 100_000;

/** A database and an exchange in memory, where the registry has said what it has said on the other. */
export const openThrowAway = async (from: Exchange, source: string): Promise<{ db: Database; exchange: Exchange }> => {
  const db = await openPglite('memory://');
  const exchange = await openEmbeddedExchange({ db });
  await exchange.declare(REGISTRY);
  await exchange.declare(source);
  const said = await from.read(REGISTRY, 0, MOST);
  await exchange.append(
    REGISTRY,
    said.map(({ key, value }) => ({ key, value })),
  );
  return { db, exchange };
};

/** What a newcomer's node is checked by before its member is let in. */
@Module({})
export class ConformanceModule {
  static register(conformance: Conformance): DynamicModule {
    return {
      module: ConformanceModule,
      controllers: [ConformanceController],
      providers: [{ provide: Conformance, useValue: conformance }],
    };
  }
}
