/** The role that every read of the views runs as. */
export const READER = 'accord_reader';

/** A lower-case name as it stands in SQL, or the migrations' placeholder `{schema}`; anything else is a mistake. */
export function plainName(name: string): string {
  if (name === '{schema}') return name;
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new RangeError(`${name} is no plain SQL name`);
  return `"${name}"`;
}

/** A list of words as a SQL array; their places in it are what the columns and masks store. */
export function wordList(words: readonly string[]): string {
  return `array[${words.map((word) => `'${word}'`).join(', ')}]::text[]`;
}
