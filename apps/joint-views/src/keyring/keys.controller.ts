import { Body, Controller, Delete, Headers, HttpCode, Inject, Param, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Type } from '@sinclair/typebox';
import { InvalidRequest, isUuid, validator } from '#contracts';
import { Public } from '#platform';
import { KeyTokens } from './key-token.ts';
import { Keyring } from './keyring.ts';

const KEY_BYTES = 32;
const strict = { additionalProperties: false };
const record = Type.String({ format: 'uuid' });
const key = Type.String({
  pattern: '^[A-Za-z0-9_-]{43}$|^[A-Za-z0-9+/]{43}=$',
  description: '32 bytes in base64url (or base64)',
});
const KeysBody = Type.Object({ keys: Type.Array(Type.Object({ record, key }, strict), { maxItems: 10_000 }) }, strict);
const KeyBody = Type.Object({ key }, strict);
const readKeys = validator(KeysBody);
const readKey = validator(KeyBody);

const bytes = (text: string): Uint8Array => {
  const decoded = Buffer.from(text, 'base64url');
  if (decoded.length === KEY_BYTES) return decoded;
  throw new InvalidRequest([{ path: '/key', rule: 'length', message: `A key has ${KEY_BYTES} bytes.` }]);
};
const checked = (id: string): string => {
  if (isUuid(id)) return id;
  throw new InvalidRequest([{ path: '/record', rule: 'format', message: 'A record is named by its UUID.' }]);
};

/** Nodes bring and take back their own records' keys. */
@ApiTags('keys')
@ApiBearerAuth()
@Controller('v1/keys')
@Public()
export class KeysController {
  constructor(
    @Inject(KeyTokens) private readonly tokens: KeyTokens,
    @Inject(Keyring) private readonly keyring: Keyring,
  ) {}

  @Put()
  @HttpCode(204)
  @ApiOperation({ summary: 'Keys of several records', description: 'The token: a JWT of the event-signing key.' })
  @ApiBody({ schema: KeysBody as object })
  @ApiNoContentResponse()
  async putMany(@Headers('authorization') token: string | undefined, @Body() body: unknown): Promise<void> {
    const member = await this.tokens.verify(token);
    const { keys } = readKeys(body);
    await this.keyring.keep(
      member,
      keys.map((one) => ({ record: one.record, key: bytes(one.key) })),
    );
  }

  @Put(':record')
  @HttpCode(204)
  @ApiOperation({ summary: 'The key of one record' })
  @ApiBody({ schema: KeyBody as object })
  @ApiNoContentResponse()
  async put(
    @Headers('authorization') token: string | undefined,
    @Param('record') id: string,
    @Body() body: unknown,
  ): Promise<void> {
    const member = await this.tokens.verify(token);
    await this.keyring.keep(member, [{ record: checked(id), key: bytes(readKey(body).key) }]);
  }

  @Delete(':record')
  @ApiOperation({
    summary: 'Destroys the key of a record, for good',
    description: 'Asked again until the answer is 204, it tells what else of the member goes with what it erased.',
  })
  @ApiNoContentResponse({ description: 'Nothing else goes with it' })
  @ApiOkResponse({ description: '{ "companions": [ id, … ] }: to be erased with it; more may yet be known' })
  async destroy(
    @Headers('authorization') token: string | undefined,
    @Param('record') id: string,
    @Res({ passthrough: true }) reply: { status(code: number): unknown },
  ): Promise<object | undefined> {
    const [member, record] = [await this.tokens.verify(token), checked(id)];
    await this.keyring.destroy(member, record);
    const companions = await this.keyring.companions(member, record);
    reply.status(companions ? 200 : 204);
    return companions ? { companions } : undefined;
  }
}
