import { defaultModel } from '@opensanctions/followthemoney';

interface Schema {
  /** Itself and all that it extends. */
  schemata: string[];
  caption?: string[];
}

const schemata = new Map(Object.entries(defaultModel.schemata as unknown as Record<string, Schema>));

/** Whatever property may give a caption to an entity of some schema. */
export const CAPTION_PROPERTIES: readonly string[] = [
  ...new Set([...schemata.values()].flatMap(({ caption = [] }) => caption)),
].sort();

/** A schema of FollowTheMoney with those that extend it, or undefined where there is no such schema. */
export const kindsOf = (schema: string): string[] | undefined => {
  if (!schemata.has(schema)) return undefined;
  const kinds = [...schemata].filter(([, kind]) => kind.schemata.includes(schema));
  return kinds.map(([name]) => name).sort();
};
