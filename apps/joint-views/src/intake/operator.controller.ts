import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { IsInt, IsString, Matches, Max, Min } from 'class-validator';
import { ROLES } from '#contracts';
import { Caller, Roles, type Principal } from '#platform';
import { resume, type ResumeParts } from './resume.ts';
import { sourceOf } from './sources.ts';
import { IntakeStatus, type Status } from './status.ts';

/** Injection token of what resuming a source needs. */
export const RESUME_PARTS = Symbol('ResumeParts');

export class ResumeSource {
  @ApiProperty({ example: '/members/GB' })
  @IsString()
  @Matches(/^\/(members\/[A-Z]{2}|registry\/(members|agreements))$/, { message: '$property must be a source' })
  source!: string;

  @ApiProperty({ description: 'The sequence that is taken as applied', minimum: 0 })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  sequence!: number;

  @ApiProperty({ description: 'Its hash, hex: what the next event must name as its previous' })
  @IsString()
  @Matches(/^[0-9a-f]{64}$/, { message: '$property must be a SHA-256 in hex' })
  hash!: string;
}

/** How far the views are, and what the operator does where a source has stopped. */
@ApiTags('service')
@ApiBearerAuth()
@Controller('v1')
export class OperatorController {
  constructor(
    @Inject(IntakeStatus) private readonly intake: IntakeStatus,
    @Inject(RESUME_PARTS) private readonly parts: ResumeParts,
  ) {}

  @Get('status')
  @Roles(...ROLES)
  @ApiOperation({ summary: 'How far each source has been applied: for a member, its own alone' })
  @ApiOkResponse({
    description:
      '{ "sources": [ { "source", "sequence", "applied", "lagSeconds", "gaps", "quarantined" } ], "registry": { "ageSeconds" } }',
  })
  status(@Caller() caller: Principal): Promise<Status> {
    // Others' sequences count what is hidden.
    return this.intake.read(caller.member === null ? null : [sourceOf(caller.member)]);
  }

  @Post('sources/resume')
  @HttpCode(200)
  @Roles('operator')
  @ApiOperation({
    summary: 'Goes on with a source that is quarantined, or behind a hole, from an explicit place',
    description:
      'The sequence with this hash is taken as applied, whatever it says; the next must follow it. Records of what is passed over are withheld; all of the source, until they are told anew, where the log lacks some of it. The place applied last passes over nothing, and tries again.',
  })
  @ApiOkResponse({ description: "The source's status" })
  @ApiConflictResponse({ description: '`source.not-quarantined`' })
  @ApiUnprocessableEntityResponse({ description: '`resume.invalid`: the place was applied before' })
  async resume(@Body() { source, sequence, hash }: ResumeSource): Promise<Status> {
    await resume(this.parts, source, sequence, hash);
    return this.intake.read([source]);
  }
}
