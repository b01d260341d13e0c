import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Registry } from 'prom-client';
import { Public, Roles } from '../auth/auth.guard.ts';

/** Liveness for anyone; numbers for the operator only, since counts tell what is hidden. */
@ApiTags('service')
@Controller()
export class OpsController {
  constructor(@Inject(Registry) private readonly metrics: Registry) {}

  @Get('health')
  @Public()
  @ApiOperation({ summary: 'Whether the service answers' })
  @ApiOkResponse({ description: '{ "status": "ok" }' })
  health(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('metrics')
  @Roles('operator')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Prometheus metrics, for the operator' })
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  read(): Promise<string> {
    return this.metrics.metrics();
  }
}
