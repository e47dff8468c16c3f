import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contractReference } from '../../docs/reference.ts';
import { mistakes } from '../contract/text.ts';

test('docs/contract.md matches the schema', async () => {
  await expect(contractReference()).toMatchFileSnapshot('../../docs/contract.md');
});

test('the examples in docs/contract.md are valid contracts', () => {
  const blocks = [...readFileSync('docs/contract.md', 'utf8').matchAll(/```yaml\n(.*?)```/gs)].map((m) => m[1]!);
  expect(blocks).toHaveLength(3);
  for (const block of blocks) expect(mistakes(block)).toEqual([]);
});
