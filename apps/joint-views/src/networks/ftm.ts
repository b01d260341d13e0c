import { defaultModel, Model } from '@opensanctions/followthemoney';

const model = new Model(defaultModel);
const schemata = new Map(model.getSchemata().map((schema) => [schema.name, schema]));

/** Whatever property may give a caption to an entity of some schema. */
export const CAPTION_PROPERTIES: readonly string[] = [
  ...new Set([...schemata.values()].flatMap(({ caption }) => caption)),
].sort();

/** FollowTheMoney's caption: the first value of the schema's first caption property that has one, else its label. */
export const captionOf = (schema: string, valueOf: (property: string) => string | undefined): string => {
  const known = schemata.get(schema);
  for (const property of known?.caption ?? []) {
    const value = valueOf(property);
    if (value !== undefined) return value;
  }
  return known?.label ?? schema;
};

/** A schema with those that extend it, or undefined where FollowTheMoney has no such schema. */
export const kindsOf = (schema: string): string[] | undefined => {
  const known = schemata.get(schema);
  return known && [schema, ...known.getChildren().map(({ name }) => name)].sort();
};
