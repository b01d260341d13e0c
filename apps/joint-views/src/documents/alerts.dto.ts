import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { DOCUMENT_STATUSES, DOCUMENT_TYPES, type DocumentStatus, type DocumentType } from '#contracts';
import { IsMember, ListQuery } from '../reading/list-query.dto.ts';

/** No number: what is in a URL is logged. Who has one asks by a check. */
export class AlertsQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'The state that issued the document, such as AL' })
  @IsOptional()
  @IsMember()
  issuingState?: string;

  @ApiPropertyOptional({ enum: DOCUMENT_TYPES })
  @IsOptional()
  @IsIn(DOCUMENT_TYPES)
  type?: DocumentType;

  @ApiPropertyOptional({ enum: DOCUMENT_STATUSES })
  @IsOptional()
  @IsIn(DOCUMENT_STATUSES)
  status?: DocumentStatus;
}
