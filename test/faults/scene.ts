import type { Ledger } from './ledger.ts';
import type { Rig } from './rig.ts';

/** Where faults happen, and what is known of how the product answers. */
export interface Scene {
  rig: Rig;
  ledger: Ledger;
}
