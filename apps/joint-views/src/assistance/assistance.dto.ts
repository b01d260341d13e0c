import { ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { PageQuery } from '#platform';
import { IsMember } from '../reading/list-query.dto.ts';

export class AssistanceQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'The member that gives, such as GB' })
  @IsOptional()
  @IsMember()
  donor?: string;

  @ApiPropertyOptional({ description: 'The member that is given to, such as AL' })
  @IsOptional()
  @IsMember()
  receiver?: string;

  @ApiPropertyOptional({ description: 'The year in which it was pledged, UTC' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{4}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1900)
  @Max(9999)
  year?: number;
}

export class AssistanceTotalsQuery extends PickType(AssistanceQuery, ['donor', 'receiver', 'year']) {}
