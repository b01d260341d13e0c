import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { MAX_LIMIT } from '#platform';
import { IsRecord } from '../audit/audit.dto.ts';
import { IsInstant } from '../reading/list-query.dto.ts';

export class DisclosuresQuery {
  @ApiProperty({ format: 'uuid', description: 'An own record' })
  @IsRecord()
  record!: string;

  @ApiPropertyOptional({ description: 'What was known up to then; by default, now' })
  @IsOptional()
  @IsInstant()
  at?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: MAX_LIMIT, default: MAX_LIMIT, description: 'Of `did`: the newest' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1)
  @Max(MAX_LIMIT)
  limit: number = MAX_LIMIT;
}
