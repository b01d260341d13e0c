import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { ReasonBody } from '../../http/reason.dto.ts';

export class RevokeKeyBody extends ReasonBody {
  @ApiProperty({ description: "The first sequence of the member's source that the key does not sign any more" })
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  fromSequence!: number;
}
