import { Injectable, type PipeTransform } from '@nestjs/common';
import { isUuid, NotFound } from '#contracts';

/** The id in a path. What can't be one isn't there. */
@Injectable()
export class RecordId implements PipeTransform {
  transform(value: unknown): string {
    if (!isUuid(value)) throw new NotFound();
    return value;
  }
}
