import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { CATEGORIES, MAX_MEMBERS, PURPOSES, type Category, type Purpose } from '#contracts';
import { IsDateOrInstant } from '../../http/rules.ts';

export class DraftAgreementBody {
  @ApiProperty({ maxLength: 300 })
  @IsString()
  @MaxLength(300)
  @Matches(/\S/, { message: 'title must not be blank' })
  title!: string;

  @ApiProperty({
    type: [String],
    example: ['GB', 'AL'],
    description: 'Two or more members, the caller’s own among them',
  })
  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(MAX_MEMBERS)
  @ArrayUnique()
  @Matches(/^[A-Z]{2}$/, { each: true, message: 'each of parties must be two capital letters' })
  parties!: string[];

  @ApiProperty({ enum: CATEGORIES, isArray: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(CATEGORIES, { each: true })
  categories!: Category[];

  @ApiProperty({ enum: PURPOSES, isArray: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(PURPOSES, { each: true })
  purposes!: Purpose[];

  @ApiProperty({ example: '2025-05-15', description: 'A date or a time, UTC' })
  @IsDateOrInstant()
  validFrom!: string;

  @ApiPropertyOptional({ example: '2030-05-15', description: 'The first day or instant at which it no longer holds' })
  @IsOptional()
  @IsDateOrInstant()
  validTo?: string | null;

  @ApiProperty({ description: 'Whether a party may pass on what it got under it' })
  @IsBoolean()
  onward!: boolean;
}
