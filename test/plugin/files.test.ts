import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { parseFrontmatter } from '../../src/artifact/frontmatter.ts';
import { allCommands } from '../../src/cli/commands.ts';

const commands = await allCommands();
const read = (file: string) => readFileSync(file, 'utf8');
const json = (file: string) => JSON.parse(read(file)) as Record<string, unknown>;
const files = globSync(['plugin/**', '.claude-plugin/**'], { dot: true }).sort();
const texts = files.filter((file) => file.endsWith('.md'));

/** The frontmatter of a command, a skill or an agent. */
const head = (file: string) => parseFrontmatter(read(file)).data as Record<string, string | boolean>;

describe('the plugin', () => {
  it('consists only of Markdown, JSON and sh', () => {
    expect(files.length).toBeGreaterThan(10);
    const strange = files.filter((file) => !/\.(md|json)$/.test(file) && !read(file).startsWith('#!/bin/sh\n'));
    expect(strange).toEqual([]);
    for (const file of files.filter((f) => f.endsWith('.json'))) expect(json(file), file).toBeTypeOf('object');
  });

  it('has the name and version of the package, and is in the marketplace', () => {
    const manifest = json('plugin/.claude-plugin/plugin.json');
    const { name, version, license } = json('package.json');
    expect(manifest).toMatchObject({ name, version, license });
    expect(json('.claude-plugin/marketplace.json')).toMatchObject({ name, plugins: [{ name, source: './plugin' }] });
  });

  it('describes itself in few words, and teaches the protocol on one page', () => {
    const described = texts.filter((file) => /\/(commands|agents|skills)\//.test(file));
    for (const file of described) {
      expect(String(head(file).description).length, file).toBeGreaterThan(15);
      expect(String(head(file).description).length, file).toBeLessThan(250);
    }
    for (const file of texts) expect(read(file).split('\n').length, file).toBeLessThanOrEqual(70);
    expect(read('plugin/skills/protocol/SKILL.md').length).toBeLessThan(4000);
  });

  it('lets only a person start, approve, resume and end a run', () => {
    const typed = texts.filter((file) => head(file)['disable-model-invocation'] === true);
    expect(typed.map((file) => file.replace(/.*\//, ''))).toEqual(['abort.md', 'approve.md', 'resume.md', 'start.md']);
    const allowed = texts.map((file) => String(head(file)['allowed-tools'] ?? '')).join();
    expect(allowed).toContain('Bash(perf-gate next:*)');
    expect(allowed).not.toMatch(/approve|Bash\(perf-gate:\*\)|Bash\(\*|Bash,/);
  });

  it('has a command to type for each question about hooks', () => {
    for (const name of [
      'perf-audit',
      'perf-baseline',
      'perf-compare',
      'benchmark-hooks',
      'profile-session',
      'perf-optimize',
    ])
      expect(files).toContain(`plugin/commands/${name}.md`);
  });

  it('gives agents that measure or read no tool to change files', () => {
    const readers = texts.filter((file) => /agents\/(hotspots|perf-analyzer|benchmark-runner)\.md$/.test(file));
    expect(readers.length).toBe(3);
    for (const file of readers) expect(String(head(file).tools), file).not.toMatch(/Edit|Write|Task|\*/);
  });

  it('never passes the user’s text to a shell', () => {
    const blocks = texts.flatMap((file) => read(file).match(/^```!.*\n[\s\S]*?^```|!`[^`\n]*`/gm) ?? []);
    expect(blocks.filter((block) => /\$(ARGUMENTS|\d)/.test(block))).toEqual([]);
    expect(texts.filter((file) => read(file).includes('$ARGUMENTS'))).toEqual(['plugin/commands/start.md']);
  });
});

describe('everything that the plugin names exists:', () => {
  const everywhere = texts.map(read).join('\n');
  const mentioned = (pattern: RegExp) => [...new Set([...everywhere.matchAll(pattern)].map((m) => m[1]!))].sort();
  const forAll = ['--json', '--cwd', '--debug', '--help', '--'];

  it.each(mentioned(/(?:`|\()perf-gate ([a-z][^`)]*)[`)]/g))('perf-gate %s', (call) => {
    const said = call.replace(':*', '');
    const [command] = commands
      .filter(({ name }) => said === name || said.startsWith(`${name} `))
      .sort((a, b) => b.name.length - a.name.length);
    expect(command?.name).toBeDefined();
    const words = said.slice(command!.name.length).split(' ');
    const flags = Object.keys(command?.options ?? {}).flatMap((flag) => flag.match(/--[a-z-]+/g) ?? []);
    const options = words.filter((word) => word.startsWith('-'));
    expect(options.filter((option) => ![...flags, ...forAll].includes(option))).toEqual([]);
  });

  it.each(mentioned(/\/perf-gate:([a-z-]+)/g))('/perf-gate:%s', (name) => {
    expect(files).toContain(`plugin/commands/${name}.md`);
  });

  it.each(mentioned(/(?<!\/)\bperf-gate:([a-z-]+)/g))('perf-gate:%s', (name) => {
    expect(files.some((f) => f === `plugin/agents/${name}.md` || f === `plugin/skills/${name}/SKILL.md`)).toBe(true);
  });
});
