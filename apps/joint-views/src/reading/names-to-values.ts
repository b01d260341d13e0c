/** An empty object for names that a member gave: it inherits nothing, so that `constructor` is a name like any other. */
export const namesToValues = <Value>(): Record<string, Value[]> => Object.create(null) as Record<string, Value[]>;
