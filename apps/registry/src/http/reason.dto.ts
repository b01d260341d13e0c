import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** The body of a transition that needs none. */
export class ReasonBody {
  @ApiPropertyOptional({ maxLength: 2_000 })
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  @Matches(/\S/, { message: 'reason must not be blank' })
  reason?: string;
}

/** The body of a transition that takes nothing: `{}`. */
export class EmptyBody {}
