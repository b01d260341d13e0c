import { Controller, Get, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ROLES } from '#contracts';
import type { Relay, RelayStatus } from '#exchange';
import { CLOCK, Roles, type Clock } from '#platform';
import { TaskForce } from '../task-force/task-force.ts';

/** Injection token of the Relay. */
export const RELAY = Symbol('Relay');

@ApiTags('service')
@ApiBearerAuth()
@Controller('v1/status')
export class StatusController {
  constructor(
    @Inject(RELAY) private readonly relay: Relay,
    @Inject(TaskForce) private readonly taskForce: TaskForce,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Roles(...ROLES)
  @ApiOperation({
    summary: 'How far what this node released has been relayed, in sequences; how old its knowledge of the members is',
  })
  @ApiOkResponse({ description: '{ "released": 812, "relayed": 812, "registry": { "ageSeconds": 3 } }' })
  async status(): Promise<RelayStatus & { registry: { ageSeconds: number | null } }> {
    const ageSeconds = await this.taskForce.ageSeconds(this.clock.now());
    return { ...(await this.relay.status()), registry: { ageSeconds } };
  }
}
