import { expect, test } from 'vitest';
import { exampleContract } from '../../src/contract/example.ts';
import { parseContract, stringifyContract, updateContractText } from '../../src/contract/parse.ts';
import { hashContract } from '../../src/contract/seal.ts';
import { least } from './text.ts';

test.each([least, exampleContract])('what is written is read back as the same', (text) => {
  const contract = parseContract(text, 'a.yaml');
  const written = stringifyContract(contract);
  expect(parseContract(written, 'b.yaml')).toEqual(contract);
  expect(stringifyContract(parseContract(written, 'b.yaml'))).toBe(written);
});

test('the keys stand in the order of the form, whatever the order in memory, and unknown ones are kept', () => {
  const { version, repro, metrics } = parseContract(least, 'a.yaml');
  const written = stringifyContract({ extra: 1, metrics, repro, version });
  expect(written.match(/^\w+/gm)).toEqual(['version', 'repro', 'metrics', 'extra']);
});

test('a changed field leaves comments and layout alone', () => {
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

test('a field that is not there yet is added', () => {
  const written = updateContractText(`${least}# end\n`, ['significance', 'test'], 'wilcoxon_signed_rank');
  expect(parseContract(written, 'a.yaml').significance).toEqual({ test: 'wilcoxon_signed_rank', alpha: 0.05 });
  expect(written).toContain('# end');
});

test('the hash is of what the contract says, not of how it is written', () => {
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
