/** Why a text is no envelope. Names attributes and rules, never a value of the content. */
export class InvalidEnvelope extends Error {
  constructor(
    /** Stable: `not-json`, `not-placed`, `not-canonical`, or `attribute`. */
    readonly reason: 'not-json' | 'not-placed' | 'not-canonical' | 'attribute',
    /** The attribute at fault, where one is. */
    readonly attribute: string | null,
    message: string,
  ) {
    super(message);
    this.name = 'InvalidEnvelope';
  }
}
