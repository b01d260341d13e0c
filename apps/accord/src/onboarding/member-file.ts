import { readFileSync } from 'node:fs';
import { Type, type Static } from '@sinclair/typebox';
import { InvalidRequest, validator } from '#contracts';

/** A country that joins, as its file says: what no code knows of it. */
export const MemberFile = Type.Object(
  {
    code: Type.String({ pattern: '^[A-Z]{2}$', description: 'a code: two capital letters' }),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    contact: Type.String({ minLength: 1, maxLength: 500 }),
    /** Where its node answers; by default where the started product says. */
    node: Type.Optional(Type.String({ pattern: '^https?://' })),
    /** Its own token issuer; by default a built-in one. */
    issuer: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
    jwks: Type.Optional(Type.Object({ keys: Type.Array(Type.Object({}, { additionalProperties: true })) })),
    jwksUri: Type.Optional(Type.String({ pattern: '^https?://' })),
    /** { kid, publicJwk, privateJwk }: what signs its events; by default a built-in one. */
    signingKeyFile: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
);
export type MemberFile = Static<typeof MemberFile>;

const check = validator(MemberFile);

/** Reads a member's file. Throws an error of one line that names what is wrong in it. */
export const readMemberFile = (file: string): MemberFile => {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} can't be read as JSON: ${(error as Error).message}`, { cause: error });
  }
  try {
    return check(value);
  } catch (error) {
    const { errors } = error as InvalidRequest;
    throw new Error(`${file}: ${errors.map(({ path, message }) => `${path || '/'} ${message}`).join('; ')}`, {
      cause: error,
    });
  }
};
