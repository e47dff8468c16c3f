import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pages } from '../../docs/generate.ts';
import { allCommands } from '../../src/cli/commands.ts';
import { catalogue } from '../../src/core/errors.ts';
import { OLDEST_GIT } from '../../src/git/version.ts';
import { formats } from '../../src/profile/formats/formats.ts';

test.each(Object.entries(pages))('%s is what `npm run docs` writes', async (path, make) => {
  expect(readFileSync(path, 'utf8')).toBe(await make());
});

test('every command has its section, and every error its row with message and hint', async () => {
  const [cli, errors] = [await pages['docs/cli.md']!(), await pages['docs/errors.md']!()];
  for (const { name, summary } of await allCommands()) {
    expect(cli).toContain(`\n### ${name}\n`);
    expect(cli).toContain(summary);
  }
  for (const code of Object.keys(catalogue)) expect(errors).toContain(`| \`${code}\` |`);
  expect(cli + errors).not.toMatch(/undefined|\[object/);
});

test('every profile format has a row, and the README gives their number', async () => {
  const page = await pages['docs/profile-formats.md']!();
  for (const { name } of formats) expect(page).toContain(`\n| \`${name}\` | `);
  expect(new Set(formats.map(({ name }) => name)).size).toBe(formats.length);
  expect(readFileSync('README.md', 'utf8')).toContain(`\nperf-gate reads ${formats.length} formats of profiles`);
});

test('the pages name the oldest supported versions of git and Node', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
  for (const page of ['README.md', 'CONTRIBUTING.md']) {
    const text = readFileSync(page, 'utf8');
    expect(text).toContain(` git ${OLDEST_GIT} or newer`);
    expect(text).toContain(` Node ${engines.node.replace('>=', '')} or newer`);
  }
});

test('the notices name direct and indirect dependencies, each with a licence', async () => {
  const notices = await pages['THIRD-PARTY-NOTICES.md']!();
  for (const name of ['commander', 'zod', 'cross-spawn']) expect(notices).toContain(`\n## ${name}\n`);
  const sections = notices.split(/^## /m).slice(1);
  expect(sections.filter((text) => !/licen[sc]e|permission/i.test(text))).toEqual([]);
  expect(sections.length).toBeGreaterThan(20);
});
