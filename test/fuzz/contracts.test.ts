import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { exampleContract } from '../../src/contract/example.ts';
import { contractMarkdown } from '../../src/contract/markdown.ts';
import { parseContract } from '../../src/contract/parse.ts';
import { hashContract } from '../../src/contract/seal.ts';
import { contractText } from '../helpers/project.ts';
import { disturbed, edits, howOften, orRefuses, timeout, withEdits } from './fuzz.ts';

/** A contract that is taken must be of use to all that read it. */
function isContractOrRefused(text: string): void {
  const contract = orRefuses(() => parseContract(text, 'perf-gate.yaml'));
  if (!contract) return;
  expect(hashContract(contract)).toMatch(/^[0-9a-f]{64}$/);
  const { name } = contract.metrics.primary;
  // YAML puts a name into quotes where it has to.
  const spelled = [name, JSON.stringify(name), `'${name.replaceAll("'", "''")}'`];
  expect(spelled.some((text) => contractMarkdown(contract).includes(text))).toBe(true);
  expect(parseContract(stringify(contract), 'again.yaml')).toEqual(contract);
}

it('accepts or refuses a contract with random bytes changed', { timeout }, () => {
  fc.assert(
    fc.property(fc.constantFrom(exampleContract, contractText()), edits, (text, made) =>
      isContractOrRefused(withEdits(text, made).toString('utf8')),
    ),
    howOften(150),
  );
});

it('accepts or refuses a contract with any value exchanged', { timeout }, () => {
  const valid = parseContract(exampleContract, 'perf-gate.yaml');
  fc.assert(
    fc.property(disturbed(valid), (data) => isContractOrRefused(stringify(data))),
    howOften(150),
  );
});
