import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches } from 'class-validator';
import { LowerCase, ListQuery } from '../reading/list-query.dto.ts';

export class SubjectsQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'Words of a name or alias, in any script and order; all must match' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  name?: string;

  @ApiPropertyOptional({ description: 'A schema of FollowTheMoney, such as Person; the kinds of it are found too' })
  @IsOptional()
  @Matches(/^[A-Z][A-Za-z]{0,39}$/, { message: '$property must be a schema of FollowTheMoney' })
  schema?: string;

  @ApiPropertyOptional({ description: 'A country, such as al' })
  @IsOptional()
  @LowerCase()
  @Matches(/^[a-z]{2,8}(-[a-z]{2,8})?$/, { message: '$property must be the code of a country' })
  nationality?: string;
}
