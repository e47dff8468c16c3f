import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { exampleContract } from '../../src/contract/example.ts';
import { contractJsonSchema, type JsonSchema } from '../../src/contract/json-schema.ts';

test('the JSON Schema accepts the example and refuses the same contracts as the parser', () => {
  const { title, $schema } = contractJsonSchema();
  expect({ title, $schema }).toEqual({
    title: 'perf-gate contract',
    $schema: 'https://json-schema.org/draft/2020-12/schema',
  });
  const schema = z.fromJSONSchema(contractJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
  const example = parse(exampleContract);
  expect(schema.safeParse(example).error?.issues ?? []).toEqual([]);
  expect(schema.safeParse({ ...example, treshold: {} }).success).toBe(false);
  expect(schema.safeParse({ ...example, metrics: {} }).success).toBe(false);
  expect(schema.safeParse({ ...example, significance: { alpha: 0.5 } }).success).toBe(false);
});

test('every field has a description, so that an editor can show it', () => {
  const bare = (node: JsonSchema, path: string): string[] => [
    ...Object.entries(node.properties ?? {}).flatMap(([key, field]) => [
      ...(field.description || field.const !== undefined ? [] : [`${path}${key}`]),
      ...bare(field, `${path}${key}.`),
    ]),
    ...(node.items ? bare(node.items, `${path}[].`) : []),
    ...[...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap((form) => bare(form, path)),
  ];
  const schema = contractJsonSchema();
  expect(Object.keys(schema.properties ?? {})).toHaveLength(22);
  expect(bare(schema, '')).toEqual([]);
});

test('the examples of the schema are valid where they stand', () => {
  const walk = (node: JsonSchema): void => {
    for (const example of node.examples ?? []) {
      const schema = z.fromJSONSchema(node as Parameters<typeof z.fromJSONSchema>[0]);
      expect(schema.safeParse(example).success, JSON.stringify(example)).toBe(true);
    }
    for (const child of [...Object.values(node.properties ?? {}), ...(node.anyOf ?? []), ...(node.oneOf ?? [])])
      walk(child);
    if (node.items) walk(node.items);
  };
  walk(contractJsonSchema());
});
