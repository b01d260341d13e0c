import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { InvalidRequest, type FieldError } from '#contracts';

const rulesOf = (error: ValidationError, parent: string): FieldError[] => {
  const path = `${parent}/${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    path,
    rule: rule === 'whitelistValidation' ? 'unknown-field' : rule,
    message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => rulesOf(child, path))];
};

/** Checks what is only HTTP (queries, transitions, the registry's commands) against class-validator's decorators. */
export const dtoValidation = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new InvalidRequest(errors.flatMap((error) => rulesOf(error, ''))),
  });
