import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fill } from '../../src/artifact/artifact.ts';
import { runId, runPaths, slug } from '../../src/artifact/paths.ts';
import { redactor } from '../../src/artifact/redact.ts';

describe('a template', () => {
  it('is filled in, also twice with the same value and with spaces', () => {
    expect(fill('{{a}} and {{ a }} and {{b_2}}', { a: 'x', b_2: 7 })).toBe('x and x and 7');
  });

  it('with a missing value is an error that names the value', () => {
    expect(() => fill('{{a}} {{b}}', { a: '' })).toThrow('{{b}}');
    expect(() => fill('{{constructor}} {{toString}}', {})).toThrow('{{constructor}}');
  });

  it('leaves out a paragraph whose value is empty', () => {
    expect(fill('{{a}}\n\n{{ b }}\n\n{{c}}', { a: 'x', b: '', c: 'y' })).toBe('x\n\ny');
    expect(fill('- {{b}}\n\ny', { b: '' })).toBe('- \n\ny');
  });

  it('does not fill in names inside values', () => {
    expect(fill('{{a}}|{{b}}', { a: '{{b}} $& $1 {{c}}', b: '{{a}}' })).toBe('{{b}} $& $1 {{c}}|{{a}}');
  });
});

describe('redaction', () => {
  it('removes the values of the secrets file, the longest first', () => {
    const redact = redactor({ A: 'secret', B: 'secret-longer' }, {});
    expect(redact('a secret-longer b secret c')).toBe('a [redacted] b [redacted] c');
  });

  it('removes values of environment variables with secret names, and nothing else', () => {
    const env = {
      GITHUB_TOKEN: 'ghp_123456',
      MY_API_KEY: 'key-abcdef',
      DB_PASSWORD: 'pass/word',
      AUTHOR: 'somebody',
      PATH: '/usr/bin',
      SHORT_TOKEN: 'abc',
    };
    expect(redactor({}, env)('ghp_123456 key-abcdef pass/word somebody /usr/bin abc')).toBe(
      '[redacted] [redacted] [redacted] somebody /usr/bin abc',
    );
  });

  it('removes a value that is escaped as in JSON', () => {
    const redact = redactor({ A: 'with "quotes"\nand lines' }, {});
    expect(redact(JSON.stringify({ a: 'so with "quotes"\nand lines.' }))).toBe('{"a":"so [redacted]."}');
  });

  it('treats values as literal texts, not as patterns or replacements', () => {
    expect(redactor({ A: '$&.*(x)' }, {})('a $&.*(x) b')).toBe('a [redacted] b');
  });
});

describe('a task', () => {
  const hostile = [
    'a\nb',
    '---',
    '../../etc/passwd',
    '--upload-pack=x',
    '-rf /',
    '',
    ' ',
    '日本語',
    'naïve café',
    '.',
    '..',
    '.lock',
    'x.lock',
    'a..b',
    'HEAD',
    '@{-1}',
    'refs/heads/main',
    'a~1^2:c',
    'nul\0byte',
    'x'.repeat(300),
    'a/b\\c',
    '$(rm -rf .)',
    '`id`',
    '{{task}}',
    '\u202Eabc',
    '😀',
    'İstanbul',
  ];

  it.each(hostile)('%j becomes a name that is safe as a folder, a ref and a branch', (task) => {
    const name = slug(task);
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(name.length).toBeLessThanOrEqual(40);
    const ref = `refs/heads/perf-gate/${name}`;
    expect(execFileSync('git', ['check-ref-format', ref], { encoding: 'utf8' })).toBe('');
    const { dir, artifact, draft } = runPaths('/project', runId('2026-11-21T09:34:56.789Z', task));
    for (const path of [dir, artifact(3, 'fix'), draft('fix')])
      expect(path).toMatch(/^\/project\/\.perf-gate\/[a-z0-9./-]+$/);
    expect(dir).not.toContain('..');
  });

  it('of any text becomes such a name', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (task) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug(task)) && slug(task).length <= 40,
      ),
    );
  });

  it('gives names that sort by the start of the run', () => {
    const ids = ['2026-01-31T23:59:00.000Z', '2026-02-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z'].map((at, i) =>
      runId(at, 'zyx'[i]!),
    );
    expect(ids).toEqual(['20260131-2359-z', '20260201-0000-y', '20261101-0000-x']);
    expect([...ids].sort()).toEqual(ids);
  });
});
