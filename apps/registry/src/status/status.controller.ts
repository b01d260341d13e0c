import { Controller, Get, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '#platform';
import { RELAYS } from '../tokens.ts';
import type { RegistryRelays, SourceStatus } from './relays.ts';

@ApiTags('service')
@ApiBearerAuth()
@Controller('v1/status')
export class StatusController {
  constructor(@Inject(RELAYS) private readonly relays: RegistryRelays) {}

  /** For the operator: how many agreements there are is not every member's business. */
  @Get()
  @Roles('operator')
  @ApiOperation({ summary: 'How far each of the two sources is stored and relayed, in sequences' })
  @ApiOkResponse({ description: '{ "sources": [ { "source", "released", "relayed" } ] }' })
  async status(): Promise<{ sources: SourceStatus[] }> {
    return { sources: await this.relays.status() };
  }
}
