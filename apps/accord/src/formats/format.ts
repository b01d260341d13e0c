import type { FieldError, Purpose } from '#contracts';

/** Who is to see what is imported. */
export interface Release {
  audience: string[] | 'TASK_FORCE';
  purposes: Purpose[];
}

export type Mapped = { body: string } | { errors: FieldError[] };

/** A kind of file whose lines become reports. */
export interface Format {
  name: string;
  description: string;
  /** One line of the file as the body of POST /v1/reports, or why it can't be one. The same line gives the same body. */
  map(line: string, release: Release | undefined): Mapped;
}
