import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  Equals,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsNotEmptyObject,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

const KEY_ID = /^[A-Za-z0-9._-]{1,128}$/;
const ED25519_X = /^[A-Za-z0-9_-]{43}$/;
const ISSUER = /^(https?:\/\/|urn:)[\x21-\x7e]{3,280}$/;

/** An Ed25519 public key (RFC 8037). A private part is an unknown field. */
export class PublicKeyDto {
  @ApiProperty({ enum: ['OKP'] })
  @Equals('OKP')
  kty!: 'OKP';

  @ApiProperty({ enum: ['Ed25519'] })
  @Equals('Ed25519')
  crv!: 'Ed25519';

  @ApiProperty({ description: '32 bytes, base64url' })
  @IsString()
  @Matches(ED25519_X, { message: 'x must be 32 bytes in base64url' })
  x!: string;

  @ApiProperty({ example: 'mk-1' })
  @IsString()
  @Matches(KEY_ID, { message: 'kid must be 1 to 128 letters, digits, dots, underscores or hyphens' })
  kid!: string;

  @ApiPropertyOptional({ enum: ['EdDSA', 'Ed25519'] })
  @IsOptional()
  @IsIn(['EdDSA', 'Ed25519'])
  alg?: string;

  @ApiPropertyOptional({ enum: ['sig'] })
  @IsOptional()
  @Equals('sig')
  use?: string;
}

export class JwksDto {
  @ApiProperty({ type: [PublicKeyDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => PublicKeyDto)
  keys!: PublicKeyDto[];
}

export class RegisterKeysBody {
  @ApiProperty({ example: 'https://id.example.org/mk', description: 'The `iss` of its tokens: an https URL or a URN' })
  @IsString()
  @Matches(ISSUER, { message: 'issuer must be an https URL or a URN' })
  issuer!: string;

  @ApiPropertyOptional({ type: JwksDto, description: "The issuer's keys: these or where it publishes them" })
  @IsOptional()
  @IsObject()
  @IsNotEmptyObject()
  @ValidateNested()
  @Type(() => JwksDto)
  jwks?: JwksDto;

  @ApiPropertyOptional({
    example: 'https://id.example.org/mk/protocol/openid-connect/certs',
    description:
      'Where the issuer publishes its keys (RFC 7517). They are fetched there, and followed when they change',
  })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  jwksUri?: string;

  @ApiProperty({ type: PublicKeyDto, description: "The key that signs the member's events" })
  @IsDefined()
  @IsObject()
  @IsNotEmptyObject()
  @ValidateNested()
  @Type(() => PublicKeyDto)
  signingKey!: PublicKeyDto;

  @ApiPropertyOptional({ description: "The first sequence of the member's source that the key signs; 1 unless given" })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  from?: number;

  @ApiProperty({
    description:
      'A compact JWS (EdDSA, by the signing key) whose payload is {"member": "MK", "issuer": …, "kid": …}: proves that the member holds the key',
  })
  @IsString()
  @MaxLength(2_000)
  proof!: string;
}
