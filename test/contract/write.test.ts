import { expect, test } from 'vitest';
import { exampleContract } from '../../src/contract/example.ts';
import { parseContract, stringifyContract, updateContractText } from '../../src/contract/parse.ts';
import { hashContract } from '../../src/contract/seal.ts';
import { least } from './text.ts';

test.each([least, exampleContract])('a written contract is read back unchanged', (text) => {
  const contract = parseContract(text, 'a.yaml');
  const written = stringifyContract(contract);
  expect(parseContract(written, 'b.yaml')).toEqual(contract);
  expect(stringifyContract(parseContract(written, 'b.yaml'))).toBe(written);
});

test('keys are written in the order of the schema, regardless of the order in memory, and unknown keys are kept', () => {
  const { version, repro, metrics } = parseContract(least, 'a.yaml');
  const written = stringifyContract({ extra: 1, metrics, repro, version });
  expect(written.match(/^\w+/gm)).toEqual(['version', 'repro', 'metrics', 'extra']);
});

test('changing a field keeps comments and layout', () => {
  const text = `# ours
version: 1 # the form
repro: { script: node bench.mjs }
metrics:
  primary:
    name: wall_ms # of the whole program

# decided by the baseline
significance: { test: auto, alpha: 0.05 }
`;
  const written = updateContractText(text, ['significance', 'test'], 'mann_whitney');
  expect(written).toBe(text.replace('test: auto', 'test: mann_whitney'));
});

test('a missing field is added', () => {
  const written = updateContractText(`${least}# end\n`, ['significance', 'test'], 'wilcoxon_signed_rank');
  expect(parseContract(written, 'a.yaml').significance).toEqual({ test: 'wilcoxon_signed_rank', alpha: 0.05 });
  expect(written).toContain('# end');
});

test('the hash depends on the content of a contract, not on its layout', () => {
  const contract = parseContract(least, 'a.yaml');
  const spelled = parseContract(stringifyContract(contract), 'b.yaml');
  const turned = JSON.parse(JSON.stringify(contract), (_k, v) =>
    v && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).reverse()) : v,
  );
  expect(hashContract(spelled)).toBe(hashContract(contract));
  expect(hashContract(turned)).toBe(hashContract(contract));
  expect(hashContract({ ...contract, claim: 'observed' })).not.toBe(hashContract(contract));
  expect(hashContract(contract)).toMatch(/^[0-9a-f]{64}$/);
});
