/** Injection token of the Database that holds the views, the consultation log and the keys. */
export const DATABASE = Symbol('Database');

/** Injection token of the ReadGate. */
export const READ_GATE = Symbol('ReadGate');

/** Injection token of what each member takes for a DNA hit: thresholds by member. */
export const DNA_THRESHOLDS = Symbol('DnaThresholds');

/** What must be known of the intake before a read is answered. */
export interface ReadGate {
  /**
   * The members whose records are withheld as a whole: quarantined, or silent behind a hole, for too long. Throws
   * Unavailable('registry-stale') where the registry was heard of too long ago. `now`: milliseconds since the epoch.
   */
  withheld(now: number): readonly string[];
}
