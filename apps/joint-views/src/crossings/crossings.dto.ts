import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches, ValidateBy } from 'class-validator';
import { CROSSING_KINDS, isDate, type CrossingKind } from '#contracts';
import { PageQuery } from '#platform';
import { IsMember } from '../reading/list-query.dto.ts';

const IsDay = (last = '9999-12-31') =>
  ValidateBy({
    name: 'isDay',
    validator: {
      // Windows reach a year back, and PostgreSQL's calendar has no year 0.
      validate: (value: unknown) =>
        typeof value === 'string' && isDate(value) && value >= '0002-01-02' && value <= last,
      defaultMessage: (at) => `${at?.property} must be a date that exists, as 2025-05-15`,
    },
  });

export const BY = ['day', 'week', 'month', 'year', 'nationality'] as const;

class CountQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: CROSSING_KINDS,
    description: 'Else what crossed: reconciled where it is, or provisional',
  })
  @IsOptional()
  @IsIn(CROSSING_KINDS)
  kind?: CrossingKind;

  @ApiPropertyOptional({ description: 'A route as its originator calls it' })
  @IsOptional()
  @Matches(/^[^\u0000-\u001f]{1,100}$/, { message: '$property must be 1 to 100 characters, none of them a control' })
  route?: string;
}

export class CrossingsQuery extends CountQuery {
  @ApiPropertyOptional({ description: 'A member, such as GB; else all that may be seen together' })
  @IsOptional()
  @IsMember()
  originator?: string;

  @ApiPropertyOptional({ description: 'The first day' })
  @IsOptional()
  @IsDay()
  from?: string;

  @ApiPropertyOptional({ description: 'The last day; else the last that was counted' })
  @IsOptional()
  @IsDay()
  to?: string;

  @ApiPropertyOptional({ enum: BY, default: 'day' })
  @IsIn(BY)
  by: (typeof BY)[number] = 'day';
}

export class SummaryQuery {
  @ApiProperty({ description: 'A member, such as GB' })
  @IsMember()
  originator!: string;

  @ApiProperty({ description: 'A day, as 2025-05-15' })
  // Its week must end within the calendar, too.
  @IsDay('9999-12-26')
  date!: string;
}
