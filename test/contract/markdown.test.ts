import { expect, test } from 'vitest';
import { exampleContract } from '../../src/contract/example.ts';
import { contractMarkdown, describeContract } from '../../src/contract/markdown.ts';
import { parseContract } from '../../src/contract/parse.ts';
import { readSecrets, requireSecrets } from '../../src/contract/secrets.ts';
import { folder } from '../helpers/folder.ts';
import { least } from './text.ts';

test('a scoping report names every part of the contract', () => {
  const text = contractMarkdown(parseContract(exampleContract, 'a.yaml'));
  expect(text.match(/^##+ .*/gm)).toEqual([
    '## Repo Context',
    '## Contract',
    '### Domain',
    '### Repro',
    '### Metrics',
    '### Threshold',
    '### Significance Test',
    '### Guards',
    '### Profiler',
    '### Limits',
    '### Secrets',
  ]);
  expect(text).toContain('- script: `node bench.mjs`');
  expect(text).toContain(
    '- measurement_runs: auto: 5, up to 22 while the result is undecided, or up to 60 if the noise is high',
  );
  expect(text).toContain('- primary: `{ name: wall_ms, unit: ms, lower_is_better: true, source: wall }`');
  expect(text).toContain('- goal: 50 % in all');
  expect(text).toContain('- same_output: `{ json: checksum }`');
  expect(text).toContain('- existing_benchmarks: bench/');
});

test('unset fields are printed as none, and a missing context is left out', () => {
  const contract = parseContract(least, 'a.yaml');
  const value = (title: string) => describeContract(contract).find((s) => s.title === title)!.rows[0]!.value;
  expect([value('Guards'), value('Profiler'), value('Secrets')]).toEqual(['none', 'auto', 'none']);
  expect(contractMarkdown(contract).startsWith('## Contract\n\n### Domain\n\n- domain: custom')).toBe(true);
  expect(contractMarkdown(contract, { language: 'go', existing_benchmarks: ['a/', 'b/'] })).toContain(
    '- language: go\n- runtime: none\n- package_manager: none\n- existing_benchmarks: a/, b/',
  );
});

test('neither a backtick nor a line break ends a code span', () => {
  const written = (script: string) =>
    contractMarkdown(parseContract(least.replace('node bench.mjs', script), 'a.yaml'));
  expect(written('echo `date`')).toContain('- script: `` echo `date` ``\n');
  expect(written('|\n    cd app\n    node bench.mjs')).toContain('- script: `cd app ↵ node bench.mjs`\n');
});

test('secrets are read from lines NAME=value', () => {
  const root = folder({ '.env.bench': '# ours\nTOKEN="a b"\nexport KEY=c=d\n' });
  expect(readSecrets(root, '.env.bench')).toEqual({ TOKEN: 'a b', KEY: 'c=d' });
  expect(requireSecrets(root, '.env.bench')).toEqual({ TOKEN: 'a b', KEY: 'c=d' });
  expect([readSecrets(root, undefined), requireSecrets(root, undefined), readSecrets(root, 'gone')]).toEqual([
    {},
    {},
    {},
  ]);
  expect(() => requireSecrets(root, 'gone')).toThrow('The contract names the secrets file gone, which cannot be read.');
});
