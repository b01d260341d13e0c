import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, Matches, ValidateBy } from 'class-validator';
import { isDate } from '#contracts';
import { PageQuery } from '#platform';

// No place on earth is further than 14 hours from UTC; PostgreSQL refuses 16.
const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d))?$/;

/** An RFC 3339 date or instant; a date alone is its first instant, UTC. */
export const IsInstant = () =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isInstant(value),
      defaultMessage: (at) => `${at?.property} must be a date or a time of RFC 3339, such as 2025-05-15T00:00:00Z`,
    },
  });

/** Date.parse rolls 30 February over into March, and knows a year 0000; such dates are refused. */
const isInstant = (value: string): boolean =>
  INSTANT.test(value) && !Number.isNaN(Date.parse(value)) && isDate(value.slice(0, 10));

/** A member's code. */
export const IsMember = () => Matches(/^[A-Z]{2}$/, { message: '$property must be two capital letters' });

/** Filters that most lists have. */
export class ListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'A member, such as GB' })
  @IsOptional()
  @IsMember()
  originator?: string;

  @ApiPropertyOptional({ description: 'Updated at this time or later' })
  @IsOptional()
  @IsInstant()
  since?: string;

  @ApiPropertyOptional({ description: 'Updated at this time or earlier' })
  @IsOptional()
  @IsInstant()
  until?: string;
}

/** A query's value as lower case, where it is text. */
export const LowerCase = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value));
