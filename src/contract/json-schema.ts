import * as z from 'zod';
import { contractSchema } from './schema/contract.ts';

/** A JSON Schema (draft 2020-12), or a part of one. This type has only the keywords that the contract's schema uses. */
export type JsonSchema = {
  type?: string;
  description?: string;
  default?: unknown;
  examples?: unknown[];
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  [key: string]: unknown;
};

/** The JSON Schema of the contract, for editors: `perf-gate schema` prints it. */
export function contractJsonSchema(): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(contractSchema, {
    io: 'input',
    target: 'draft-2020-12',
    // If a field is transformed, zod omits its examples, because they could show the value after the transformation. All examples here show
    // the value before the transformation.
    override: ({ zodSchema, jsonSchema }) => {
      const { examples } = z.globalRegistry.get(zodSchema) ?? {};
      if (examples) jsonSchema.examples = examples as unknown[];
    },
  });
  return {
    $schema,
    title: 'perf-gate contract',
    description: 'A contract says what is measured, how, and what counts as better.',
    ...schema,
  } as JsonSchema;
}

/** The parts of a schema that describe the value at a path. If the schema allows alternatives there, each alternative is one part. */
export function schemaAt(schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema[] {
  let nodes = alternatives(schema);
  for (const key of path) {
    nodes = nodes.flatMap((node) => {
      const next =
        typeof key === 'number' ? node.items : (node.properties?.[String(key)] ?? asSchema(node.additionalProperties));
      return next ? alternatives(next) : [];
    });
  }
  return nodes;
}

/** The schema itself, then all alternatives in its `anyOf` and `oneOf`, also nested ones. */
export function alternatives(node: JsonSchema): JsonSchema[] {
  return [node, ...[...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap(alternatives)];
}

const asSchema = (value: boolean | JsonSchema | undefined) => (typeof value === 'object' ? value : undefined);
