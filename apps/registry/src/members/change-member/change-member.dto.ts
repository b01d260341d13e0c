import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';

export class ConformanceBody {
  @ApiProperty({ description: 'The run of `accord onboard --check` that passed', maxLength: 10_000 })
  @IsString()
  @MaxLength(10_000)
  @Matches(/\S/, { message: 'run must not be blank' })
  run!: string;
}
