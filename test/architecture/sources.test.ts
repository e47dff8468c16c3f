import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testRules, violations } from './rules.ts';
import { filesIn, isCode, sourcesIn } from './source.ts';

const root = join(import.meta.dirname, '../..');
const sources = sourcesIn('src');

describe('the sources', () => {
  it('are all seen', () => {
    const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'src'], {
      cwd: root,
      encoding: 'utf8',
    });
    const there = listed.split('\n').filter((path) => path && existsSync(join(root, path)));
    expect(filesIn('src')).toEqual(there.sort());
    expect(sources.map(({ path }) => path)).toEqual(there.filter(isCode));
    const notInTypeScript = {
      'src/cage': ['confine.h', 'mounts.h', 'rights.h', 'room.c', 'sink/sink.c'],
      'src/measure/instruments': ['channel.h', 'delay.h', 'left-behind.h', 'stopwatch.c', 'tree-memory.h'],
      'src/monitor/page': ['style.css'],
    };
    const notCode = Object.entries(notInTypeScript).flatMap(([folder, names]) =>
      names.map((name) => `${folder}/${name}`),
    );
    expect(there.filter((path) => !isCode(path))).toEqual(notCode);
    expect(sources.length).toBeGreaterThan(400);
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(1500);
  });

  it('keep the rules', () => {
    expect(violations(sources)).toEqual([]);
  });

  it('have tests that mirror them, in short files too', () => {
    const tests = sourcesIn('test');
    expect(tests.length).toBeGreaterThan(200);
    const paths = sources.map(({ path }) => path);
    expect(violations(tests, testRules(paths))).toEqual([]);
  });
});
