import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { inlineCode, pages, prose, read } from './pages.ts';

const folders = 'src|test|docs|stages|templates|workflow|bin|examples|benchmarks|plugin|fixes';
const looksLikeOurs = new RegExp(`^(?:${folders})/[\\w./-]*$|^[A-Z][A-Z-]+\\.md$`);

/** Paths in backticks; in an example's README they are relative to the example. */
function mentioned(page: string): string[] {
  const root = page.startsWith('examples/') ? dirname(page) : '.';
  return inlineCode(page)
    .filter((code) => looksLikeOurs.test(code))
    .map((code) => join(root, code));
}

/** Targets of links and pictures, relative to the project's root, with their anchors. */
function linked(page: string): { path: string; anchor: string }[] {
  const targets = [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map((m) => m[1]!).filter((t) => !/^\w+:/.test(t));
  return targets.map((target) => {
    const [path = '', anchor = ''] = target.split('#');
    return { path: path === '' ? page : normalize(join(dirname(page), path)), anchor };
  });
}

/** The anchors of a page's headings, as GitHub makes them. */
const anchors = (page: string) =>
  [...prose(page).matchAll(/^#+ (.+)$/gm)].map((m) =>
    m[1]!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

test.each(pages)('every path and link on %s exists', (page) => {
  const links = linked(page);
  const missing = [...mentioned(page), ...links.map((l) => l.path)].filter((path) => !existsSync(path));
  expect(missing).toEqual([]);
  const lost = links.filter((l) => l.anchor && l.path.endsWith('.md') && !anchors(l.path).includes(l.anchor));
  expect(lost).toEqual([]);
});

test('the test finds paths and links in README.md and AGENTS.md', () => {
  expect(mentioned('AGENTS.md').length).toBeGreaterThan(15);
  expect(linked('README.md').length).toBeGreaterThan(15);
  expect(looksLikeOurs.test('src/no-such-file.ts')).toBe(true);
});

test('every page can be reached from the README by links', () => {
  const seen = new Set(['README.md']);
  for (const page of seen)
    for (const { path } of linked(page)) if (path.endsWith('.md') && existsSync(path)) seen.add(path);
  expect(pages.filter((page) => !seen.has(page) && !page.startsWith('examples/') && page !== 'CLAUDE.md')).toEqual([]);
  expect(read('CLAUDE.md')).toContain('AGENTS.md');
});
