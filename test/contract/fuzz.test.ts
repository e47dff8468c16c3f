import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { exampleContract } from '../../src/contract/example.ts';
import { parseContract, stringifyContract, updateContractText } from '../../src/contract/parse.ts';
import { contractSchema } from '../../src/contract/schema/contract.ts';
import { mistakes } from './text.ts';

/** Asserts that every mistake has a position. `mistakes` throws every error except contract_invalid. */
const placed = (text: string) => {
  for (const line of mistakes(text)) expect(line).toMatch(/^perf-gate\.yaml:\d+:\d+ /);
};

test('random text is a contract, or has mistakes with their positions', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), placed), { numRuns: 200 });
});

test('random YAML is a contract, or has mistakes with their positions', () => {
  fc.assert(
    fc.property(fc.object({ withNullPrototype: false }), (data) => placed(stringify(data))),
    { numRuns: 200 },
  );
});

test('the example with one changed field is a contract that can be written and read back, or has mistakes with their positions', () => {
  const contract = parseContract(exampleContract, 'a.yaml');
  const paths = (value: unknown, path: (string | number)[]): (string | number)[][] => [
    path,
    ...(value && typeof value === 'object'
      ? Object.entries(value).flatMap(([key, child]) =>
          paths(child, [...path, Array.isArray(value) ? Number(key) : key]),
        )
      : []),
  ];
  const all = paths(contract, []).slice(1);
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.anything({ maxDepth: 2 }).filter(isYaml), (path, value) => {
      const text = updateContractText(exampleContract, path, value);
      placed(text);
      if (mistakes(text).length === 0) {
        const parsed = parseContract(text, 'a.yaml');
        expect(contractSchema.parse(parsed)).toEqual(parsed);
        expect(parseContract(stringifyContract(parsed), 'b.yaml')).toEqual(parsed);
      }
    }),
    { numRuns: 200 },
  );
});

test('all unknown keys among the known ones are named', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{6,12}x$/), { minLength: 1, maxLength: 4 }), (keys) => {
      const told = mistakes(`${exampleContract}${keys.map((key) => `${key}: 1\n`).join('')}`);
      expect(told.map((line) => /:\d+ (\w+): unknown key/.exec(line)?.[1])).toEqual(keys);
    }),
    { numRuns: 50 },
  );
});

function isYaml(value: unknown): boolean {
  return value !== undefined && !/undefined|Symbol|BigInt/.test(String(JSON.stringify(value) ?? 'undefined'));
}
