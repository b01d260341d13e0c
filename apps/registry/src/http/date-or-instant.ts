import { registerDecorator, type ValidationOptions } from 'class-validator';
import { isDate, isInstant } from '#contracts';

const holds = (value: unknown) => typeof value === 'string' && (isDate(value) || isInstant(value));

/** `2025-01-01` or `2025-01-01T12:00:00Z`: a day or a time that exists, UTC. */
export function IsDateOrInstant(options?: ValidationOptions): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'dateOrInstant',
      target: target.constructor,
      propertyName: String(property),
      options: { message: '$property must be a date, or a time in UTC, such as 2025-01-01T00:00:00Z', ...options },
      validator: { validate: holds },
    });
}

/** The instant that such a text names: a day's is its first. */
export const instantOf = (text: string): string => (text.length === 10 ? `${text}T00:00:00Z` : text);
