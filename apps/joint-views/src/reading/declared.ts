import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader } from '@nestjs/swagger';
import { InvalidRequest, PURPOSES, type Purpose } from '#contracts';

const MAX_CASE = 200;

/** Why somebody reads, said with every request. */
export interface Declaration {
  purpose: Purpose;
  case: string;
}

type Headers = Record<string, string | string[] | undefined>;

/** Reads Accord-Purpose and Accord-Case. Throws InvalidRequest: `purpose-required`, `purpose-unknown`, `case-required`. */
export const readDeclaration = (headers: Headers): Declaration => ({
  purpose: purposeOf(headers),
  case: caseOf(headers),
});

/** The declared purpose and case, as a parameter of a controller's method. */
export const Declared = createParamDecorator((_: unknown, context: ExecutionContext): Declaration =>
  readDeclaration(context.switchToHttp().getRequest<{ headers: Headers }>().headers),
);

/** Documents what every read needs. */
export const ApiRead = () =>
  applyDecorators(
    ApiBearerAuth(),
    ApiHeader({ name: 'Accord-Purpose', required: true, schema: { type: 'string', enum: [...PURPOSES] } }),
    ApiHeader({ name: 'Accord-Case', required: true, schema: { type: 'string', maxLength: MAX_CASE } }),
  );

const purposeOf = (headers: Headers): Purpose => {
  const given = textOf(headers['accord-purpose']);
  if (given === '') throw refusal('purpose', 'required', 'Accord-Purpose must say what the answer is for.');
  const purpose = PURPOSES.find((known) => known === given);
  if (!purpose) throw refusal('purpose', 'unknown', `Accord-Purpose is one of ${PURPOSES.join(', ')}.`);
  return purpose;
};

const caseOf = (headers: Headers): string => {
  const given = textOf(headers['accord-case']);
  if (given === '') throw refusal('case', 'required', 'Accord-Case must name the case that the answer is for.');
  if (given.length > MAX_CASE || /[\u0000-\u001f\u007f]/.test(given)) {
    const message = `Accord-Case is at most ${MAX_CASE} characters, without control characters.`;
    throw new InvalidRequest([{ path: '/headers/accord-case', rule: 'header', message }]);
  }
  return given;
};

const textOf = (header: string | string[] | undefined): string => (typeof header === 'string' ? header.trim() : '');

const refusal = (what: 'purpose' | 'case', rule: 'required' | 'unknown', message: string) =>
  new InvalidRequest([{ path: `/headers/accord-${what}`, rule, message }], `${what}-${rule}`);
