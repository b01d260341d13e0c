import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

export class ConformanceBody {
  @ApiProperty({ description: 'The run of `accord onboard --check` that passed', maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  run!: string;
}
