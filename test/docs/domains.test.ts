import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkContract } from '../../src/contract/parse.ts';
import { domainNames } from '../../src/core/domain-names.ts';
import { domains } from '../../src/scoping/domains.ts';
import { blocks, read } from './pages.ts';

const pageOf = (domain: string) => `docs/domains/${domain}.md`;

test.each(domainNames)('the page of the domain %s shows a valid contract and links an existing example', (domain) => {
  const contract = blocks(pageOf(domain)).find((b) => b.info === 'yaml')!;
  expect(checkContract(parse(contract.text), pageOf(domain)).domain).toBe(domain);
  const [, example] = /\]\(\.\.\/\.\.\/(examples\/[\w-]+)\/README\.md\)/.exec(read(pageOf(domain)))!;
  expect(existsSync(`${example}/perf-gate.yaml`)).toBe(true);
  expect(read(pageOf(domain))).toContain(domains[domain].label);
});

test('the list of domains links every page', () => {
  for (const domain of domainNames) expect(read('docs/domains/README.md')).toContain(`(${domain}.md)`);
});
