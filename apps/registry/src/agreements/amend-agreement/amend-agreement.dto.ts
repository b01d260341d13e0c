import { IntersectionType, OmitType, PartialType } from '@nestjs/swagger';
import { ReasonBody } from '../../http/reason.dto.ts';
import { DraftAgreementBody } from '../draft-agreement/draft-agreement.dto.ts';

/** What is not given stays as it is; `"validTo": null` takes the end away. */
export class AmendAgreementBody extends IntersectionType(
  PartialType(OmitType(DraftAgreementBody, ['parties'] as const)),
  ReasonBody,
) {}
