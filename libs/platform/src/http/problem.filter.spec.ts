import { describe, expect, it } from '@jest/globals';
import type { ArgumentsHost } from '@nestjs/common';
import { openPglite } from '#sql';
import { createLogger, type Logger } from '../ops/logger.ts';
import { ProblemFilter } from './problem.filter.ts';

describe('a failure in the log', () => {
  it('tells where and why, and nothing of what was being stored', async () => {
    const lines: string[] = [];
    const logger: Logger = createLogger('test', 'silent');
    logger.error = (...said: unknown[]) => void lines.push(JSON.stringify(said));
    const reply = { sent: false, raw: {}, status: () => reply, header: () => reply, send: () => reply };
    const http = { getRequest: () => ({ id: 'trace-1' }), getResponse: () => reply };
    const db = await openPglite('memory://');
    const broken = db.query('select $1::text::json, $2::text', ['Arben Shembulli', 'Test Viktimë']);
    const error: unknown = await broken.catch((thrown: unknown) => thrown);
    await db.close();
    new ProblemFilter(logger).catch(error, { switchToHttp: () => http } as unknown as ArgumentsHost);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('trace-1');
    expect(lines[0]).toContain('22P02');
    expect(lines[0]).not.toMatch(/Arben|Viktim/);
  });
});
