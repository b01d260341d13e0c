import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { CATEGORIES, type Category } from '#contracts';
import { ListQuery } from '../reading/list-query.dto.ts';

export class ReportsQuery extends ListQuery {
  @ApiPropertyOptional({ enum: CATEGORIES })
  @IsOptional()
  @IsIn(CATEGORIES)
  category?: Category;

  @ApiPropertyOptional({ description: 'An entity that the report speaks of, such as GB:0198…' })
  @IsOptional()
  @Matches(/^[A-Z]{2}:[\da-f-]{36}$/, { message: '$property must be the global id of an entity' })
  subject?: string;
}
