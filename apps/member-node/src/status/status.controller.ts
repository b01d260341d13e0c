import { Controller, Get, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ROLES } from '#contracts';
import type { Relay, RelayStatus } from '#exchange';
import { Roles } from '#platform';

/** Injection token of the Relay. */
export const RELAY = Symbol('Relay');

@ApiTags('service')
@ApiBearerAuth()
@Controller('v1/status')
export class StatusController {
  constructor(@Inject(RELAY) private readonly relay: Relay) {}

  @Get()
  @Roles(...ROLES)
  @ApiOperation({ summary: 'How far what this node released has been relayed, in sequences of its source' })
  @ApiOkResponse({ description: '{ "released": 812, "relayed": 812 }' })
  status(): Promise<RelayStatus> {
    return this.relay.status();
  }
}
