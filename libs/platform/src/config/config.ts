import type { Static, TObject } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/** A wrong setting. Its message is one line that names the variable; it ends the start. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

/**
 * Parses settings once into a typed object: strings become the numbers and booleans that the schema asks for, defaults
 * are filled in. Throws ConfigError naming the variable, never its value: it may be a secret.
 */
export const parseConfig = <T extends TObject>(schema: T, env: Record<string, string | undefined>): Static<T> => {
  const named = Object.fromEntries(Object.keys(schema.properties).map((name) => [name, env[name]]));
  const present = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined && value !== ''));
  const value = Value.Convert(schema, Value.Default(schema, present));
  const wrong = Value.Errors(schema, value).First();
  if (wrong) throw new ConfigError(`Setting ${wrong.path.slice(1) || '?'}: ${wrong.message}`);
  return value as Static<T>;
};

/** The process's environment: the only place that reads it. */
export const environment = (): Record<string, string | undefined> => process.env;
