import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, Matches, Max, Min } from 'class-validator';

const Whole = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value,
  );

export class GraphQuery {
  @ApiProperty({ description: 'The entity to begin at, such as GB:0198…' })
  @Matches(/^[A-Z]{2}:[\da-f-]{36}$/, { message: '$property must be the global id of an entity' })
  subject!: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 4, default: 2, description: 'How many links away' })
  @Whole()
  @IsInt()
  @Min(1)
  @Max(4)
  depth: number = 2;

  @ApiPropertyOptional({ minimum: 1, maximum: 500, default: 200, description: 'How many nodes at most' })
  @Whole()
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 200;
}
