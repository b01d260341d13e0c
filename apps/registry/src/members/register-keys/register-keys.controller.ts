import { Body, Controller, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Answer } from '#event-store';
import {
  FromHeaders,
  MemberCaller,
  Public,
  RateLimitGuard,
  type CommandHeaders,
  type MemberPrincipal,
} from '#platform';
import { memberCodeIn } from '../../http/path-ids.ts';
import { EnrolmentGuard } from './enrolment.guard.ts';
import { RegisterKeysBody } from './register-keys.dto.ts';
import { RegisterKeys } from './register-keys.handler.ts';

@ApiTags('members')
@ApiBearerAuth()
@Controller('v1/members/:code/keys')
export class RegisterKeysController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post()
  @Public()
  // The platform's own limit comes before it is known who asks.
  @UseGuards(EnrolmentGuard, RateLimitGuard)
  @HttpCode(200)
  @ApiOperation({
    summary: "Registers the newcomer's issuer and signing key with its enrolment token; an admin's token rotates them",
  })
  @ApiOkResponse({ description: '{ "id": "MK", "version": 5 }' })
  async register(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('code') code: string,
    @Body() body: RegisterKeysBody,
  ): Promise<object> {
    const asked = { caller, headers, operation: `register-keys ${code}`, body };
    return (await this.commands.execute<RegisterKeys, Answer>(new RegisterKeys(memberCodeIn(code), body, asked)))
      .answer;
  }
}
