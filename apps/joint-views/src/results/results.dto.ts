import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { IsMember } from '../reading/list-query.dto.ts';

export class ResultsQuery {
  @ApiPropertyOptional({ description: 'A quarter, UTC, such as 2025-Q2; all of them where none is given' })
  @IsOptional()
  @Matches(/^[12]\d{3}-Q[1-4]$/, { message: '$property must be a quarter, such as 2025-Q2' })
  quarter?: string;

  @ApiPropertyOptional({ description: 'Whose results, such as GB' })
  @IsOptional()
  @IsMember()
  member?: string;
}
