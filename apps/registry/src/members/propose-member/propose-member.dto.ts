import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';

export class ProposeMemberBody {
  @ApiProperty({ example: 'MK', description: 'ISO 3166-1 alpha-2, or XK' })
  @IsString()
  @Matches(/^[A-Z]{2}$/, { message: 'code must be two capital letters' })
  code!: string;

  @ApiProperty({ example: 'North Macedonia', maxLength: 100 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  name!: string;

  @ApiProperty({ example: 'Accord desk Skopje, desk.mk@example.org', maxLength: 300 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(300)
  contact!: string;
}
