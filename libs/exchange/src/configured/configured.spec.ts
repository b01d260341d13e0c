import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import { parseConfig } from '#platform';
import { EXCHANGE_SETTINGS, kafkaConnectionOf } from './index.ts';

describe("the exchange's settings", () => {
  const folder = mkdtempSync(join(tmpdir(), 'accord-settings-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const parse = (env: Record<string, string>) => parseConfig(Type.Object(EXCHANGE_SETTINGS), env);
  const connection = (env: Record<string, string>) => kafkaConnectionOf(parse(env), 'test');
  const kafka = { EXCHANGE: 'kafka', KAFKA_BROKERS: 'one:9092,two:9092', KAFKA_USER: 'GB' };

  it('choose the embedded one by themselves', () => {
    expect(parse({})).toMatchObject({ EXCHANGE: 'embedded', KAFKA_TOPIC_PREFIX: 'accord', KAFKA_SESSION_SECONDS: 10 });
  });

  it('take the password from a file, without its line end', () => {
    const KAFKA_PASSWORD_FILE = file('password', 'secret\n');
    expect(connection({ ...kafka, KAFKA_PASSWORD_FILE, KAFKA_SASL_MECHANISM: 'scram-sha-512' })).toEqual({
      brokers: ['one:9092', 'two:9092'],
      clientId: 'test',
      sasl: { mechanism: 'scram-sha-512', username: 'GB', password: 'secret' },
      ssl: undefined,
    });
  });

  it('speak TLS by the system’s authorities, or by one that is given', () => {
    const login = { ...kafka, KAFKA_PASSWORD: 'secret' };
    expect(connection({ ...login, KAFKA_TLS: 'true' }).ssl).toBe(true);
    expect(connection({ ...login, KAFKA_CA_FILE: file('ca.pem', 'PEM') }).ssl).toEqual({ ca: 'PEM' });
  });

  it.each([
    [{ EXCHANGE: 'rabbit' }, /^Setting EXCHANGE: .*embedded\|kafka/],
    [{ EXCHANGE: 'kafka' }, /^Setting KAFKA_BROKERS: /],
    [{ ...kafka, KAFKA_PASSWORD: 'x', KAFKA_SESSION_SECONDS: '1' }, /^Setting KAFKA_SESSION_SECONDS: /],
    [{ ...kafka, KAFKA_PASSWORD: 'x', KAFKA_SESSION_SECONDS: 'long' }, /^Setting KAFKA_SESSION_SECONDS: /],
    [{ ...kafka, KAFKA_BROKERS: 'one' }, /^Setting KAFKA_BROKERS: /],
    [kafka, /^Setting KAFKA_PASSWORD: /],
    [{ ...kafka, KAFKA_PASSWORD: 'secret', KAFKA_PASSWORD_FILE: '/nowhere' }, /^Setting KAFKA_PASSWORD: /],
    [{ ...kafka, KAFKA_PASSWORD_FILE: '/nowhere' }, /^Setting KAFKA_PASSWORD_FILE: the file cannot be read$/],
    [{ ...kafka, KAFKA_PASSWORD: 'x', KAFKA_SASL_MECHANISM: 'gssapi' }, /^Setting KAFKA_SASL_MECHANISM: /],
  ])('refuse %j in one line that names the setting', (env, line) => {
    expect(() => connection(env as Record<string, string>)).toThrow(line);
  });
});
