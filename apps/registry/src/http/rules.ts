import { registerDecorator } from 'class-validator';
import { isDate, isInstant, isStateCode } from '#contracts';

function rule(name: string, message: string, validate: (value: unknown) => boolean): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(property),
      options: { message: `$property must be ${message}` },
      validator: { validate },
    });
}

/** `2025-01-01` or `2025-01-01T12:00:00Z`: a day or a time that exists, UTC. */
export const IsDateOrInstant = () =>
  rule(
    'dateOrInstant',
    'a date or a time in UTC that exists, such as 2025-01-01 or 2025-01-01T12:00:00Z',
    (value) => typeof value === 'string' && (isDate(value) || isInstant(value)),
  );

/** The instant that such a text names: a day's is its first. */
export const instantOf = (text: string): string => (text.length === 10 ? `${text}T00:00:00Z` : text);

/** A state that can be a member: ISO 3166-1 alpha-2 in capitals, or XK. */
export const IsCountryCode = () =>
  rule('countryCode', 'a country, as two capital letters of ISO 3166-1, or XK', isStateCode);
