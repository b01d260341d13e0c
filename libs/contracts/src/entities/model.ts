import { defaultModel, Model, type Property, type Schema } from '@opensanctions/followthemoney';

const model = new Model(defaultModel);

/** A property of a schema, its own or inherited. */
export interface PropertyInfo {
  name: string;
  /** FollowTheMoney's type: string, country, date, entity, … */
  type: string;
  /** Of type entity: the schema that its values are of. */
  range: string | null;
  /** The other side of a link's property: never set on the entity itself. */
  stub: boolean;
}

export interface SchemaInfo {
  name: string;
  label: string;
  abstract: boolean;
  /** The properties that name the two ends of a link; null for a thing. */
  edge: { source: string; target: string } | null;
  /** This schema and all that it extends. */
  ancestors: ReadonlySet<string>;
  properties: ReadonlyMap<string, PropertyInfo>;
  /** In order: the first that has a value names the entity. */
  caption: readonly string[];
}

const infoOf = (property: Property): PropertyInfo => ({
  name: property.name,
  type: property.type.name,
  range: property.hasRange ? property.getRange().name : null,
  stub: property.stub,
});

function describe(schema: Schema): SchemaInfo {
  const { edge } = schema;
  const properties = [...schema.getProperties().values()].map(infoOf);
  return {
    name: schema.name,
    label: schema.label,
    abstract: schema.abstract,
    edge: edge ? { source: edge.source, target: edge.target } : null,
    ancestors: new Set([schema.name, ...schema.getParents().map((parent) => parent.name)]),
    properties: new Map(properties.map((property) => [property.name, property])),
    caption: edge ? edge.caption : schema.caption,
  };
}

/** Read once: the model's own accessors walk the inheritance at each call. */
const schemata = new Map<string, SchemaInfo>(model.getSchemata().map((schema) => [schema.name, describe(schema)]));

/** A schema of the model, or undefined. */
export function schemaInfo(name: string): SchemaInfo | undefined {
  return schemata.get(name);
}

/** Whether a schema is another, or extends it. Unknown schemas are nothing. */
export function isA(schema: string, ancestor: string): boolean {
  return schemata.get(schema)?.ancestors.has(ancestor) ?? false;
}

/** The values of a property type that has a fixed list (country, gender, topic), by code. */
export function valuesOfType(type: string): ReadonlyMap<string, string> {
  return model.getType(type).values;
}
