import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { ListQuery } from '../reading/list-query.dto.ts';

export class ReturnsQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'The state of return, such as AL' })
  @IsOptional()
  @Matches(/^[A-Z]{2}$/, { message: '$property must be two capital letters' })
  returnTo?: string;
}

export class StatisticsQuery extends PickType(ReturnsQuery, ['originator']) {
  @ApiProperty({ enum: ['year', 'state'] })
  @IsIn(['year', 'state'])
  by!: 'year' | 'state';
}

export class CohortQuery extends PickType(ReturnsQuery, ['originator']) {
  @ApiProperty({ description: 'The year of return, UTC, such as 2025' })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{4}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1900)
  @Max(9998)
  cohort!: number;
}

export class EncountersQuery extends ListQuery {}

export class HubTalksQuery extends PickType(ListQuery, ['limit', 'cursor', 'originator']) {
  @ApiPropertyOptional({ description: 'The country that is talked with, such as RS' })
  @IsOptional()
  @Matches(/^[A-Z]{2}$/, { message: '$property must be two capital letters' })
  country?: string;
}
