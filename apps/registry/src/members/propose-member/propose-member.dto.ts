import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';
import { IsCountryCode } from '../../http/rules.ts';

export class ProposeMemberBody {
  @ApiProperty({ example: 'MK', description: 'ISO 3166-1 alpha-2, or XK' })
  @IsString()
  @IsCountryCode()
  code!: string;

  @ApiProperty({ example: 'North Macedonia', maxLength: 200 })
  @IsString()
  @MaxLength(200)
  @Matches(/\S/, { message: 'name must not be blank' })
  name!: string;

  @ApiProperty({ example: 'Accord desk Skopje, desk.mk@example.org', maxLength: 500 })
  @IsString()
  @MaxLength(500)
  @Matches(/\S/, { message: 'contact must not be blank' })
  contact!: string;
}
