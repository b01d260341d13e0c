import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { CLASSIFICATIONS, PURPOSES, type Classification, type Purpose } from '#contracts';
import { IsMember } from '../reading/list-query.dto.ts';

/** The viewer asked about: an analyst of that member. */
export class ExplainQuery {
  @ApiProperty({ format: 'uuid' })
  @Matches(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/, { message: '$property must be the id of a record' })
  record!: string;

  @ApiProperty({ description: 'A member, such as AL' })
  @IsMember()
  member!: string;

  @ApiProperty({ enum: PURPOSES })
  @IsIn(PURPOSES)
  purpose!: Purpose;

  @ApiPropertyOptional({ enum: CLASSIFICATIONS, default: 'OFFICIAL' })
  @IsOptional()
  @IsIn(CLASSIFICATIONS)
  clearance: Classification = 'OFFICIAL';
}
