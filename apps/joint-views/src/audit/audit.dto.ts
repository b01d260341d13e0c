import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { PageQuery } from '#platform';
import { IsInstant } from '../reading/list-query.dto.ts';

const RECORD = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
export const IsRecord = () => Matches(RECORD, { message: '$property must be the id of a record' });

/** Of one own record; or, for an auditor, of one own user, or of all of them. */
export class AuditQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'An own record: who saw it' })
  @IsOptional()
  @IsRecord()
  record?: string;

  @ApiPropertyOptional({ description: 'An own user: what it read' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  user?: string;
}

export class LinesQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'From the first line at this time or later' })
  @IsOptional()
  @IsInstant()
  from?: string;
}
