import { catalogue, readEvent, type PlacedEnvelope } from '#contracts';
import type { RegistryEvent } from '../registry/registry.projection.ts';
import { isStorable } from './storable.ts';

/** What a registry's event says, or why it can't be used. */
export function readRegistryEvent(event: PlacedEnvelope): RegistryEvent | 'unknown-type' | 'invalid-content' {
  if (catalogue.find(event.type)?.carries !== 'clear') return 'unknown-type';
  if (!isStorable(JSON.stringify(event.data ?? null))) return 'invalid-content';
  try {
    const { type, content } = readEvent(event.type, event.data);
    return { type, subject: event.subject, data: content };
  } catch {
    return 'invalid-content';
  }
}
