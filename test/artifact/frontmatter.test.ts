import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listArtifacts, readArtifact, writeArtifact } from '../../src/artifact/artifact.ts';
import { formatFrontmatter, parseFrontmatter } from '../../src/artifact/frontmatter.ts';
import { temporaryFolder } from '../helpers/repository.ts';

describe('frontmatter', () => {
  it.each([
    '---js',
    '---javascript',
    '---json',
    '--- js',
    '---\tjs',
    '---JS',
    '\uFEFF---js',
    '---coffee',
    '---toml',
    '---yaml; js',
  ])('in another language (%j) is refused and never executed', (fence) => {
    const world = globalThis as { pwned?: boolean };
    const text = `${fence}\n{ "a": (globalThis.pwned = true) }\n---\nbody\n`;
    expect(() => parseFrontmatter(text)).toThrow(/only YAML/);
    expect(world.pwned).toBeUndefined();
  });

  it('is read with the line ends of any system, and after a byte order mark', () => {
    const text = '---\nresult: done\nnote: |\n  two\n  lines\n---\n\nBody.\n';
    const expected = { data: { result: 'done', note: 'two\nlines\n' }, body: '\nBody.\n' };
    for (const ends of ['\n', '\r\n', '\r']) {
      expect(parseFrontmatter(text.replaceAll('\n', ends))).toEqual(expected);
      expect(parseFrontmatter(`\uFEFF${text.replaceAll('\n', ends)}`)).toEqual(expected);
    }
  });

  it.each<[string, string, RegExp]>([
    ['a key twice', 'a: 1\na: 2', /unique.* line 3/i],
    ['YAML that is none', 'a: [1,\nb: 2', /line \d/],
    ['a list', '- a\n- b', /not a list of “key: value” lines/],
    ['a bomb of aliases', bomb(), /alias/],
  ])('with %s is refused', (_, yaml, says) => {
    expect(() => parseFrontmatter(`---\n${yaml}\n---\n`)).toThrow(says);
  });

  it('means what YAML 1.2 means: no is a word, and 010 is ten', () => {
    expect(parseFrontmatter('---\na: no\nb: 010\nc: 1:30\n---\n').data).toEqual({ a: 'no', b: 10, c: '1:30' });
  });

  it('creates no object for a YAML tag', () => {
    expect(parseFrontmatter('---\na: !!js/function "function(){}"\n---\n').data).toEqual({ a: 'function(){}' });
  });

  it('gives every reader separate data', () => {
    const text = '---\na: [1]\n---\n';
    (parseFrontmatter(text).data.a as number[]).push(2);
    expect(parseFrontmatter(text).data).toEqual({ a: [1] });
  });

  it('may be missing or empty', () => {
    expect(parseFrontmatter('# Title\n\n---\n')).toEqual({ data: {}, body: '# Title\n\n---\n' });
    expect(parseFrontmatter('')).toEqual({ data: {}, body: '' });
    expect(parseFrontmatter('---\n---\nbody')).toMatchObject({ data: {} });
  });

  it('is read back as it was written, for any data', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'binary' }),
        fc.constantFrom(
          '---',
          '\n---\n',
          'no',
          '~',
          '0x1f',
          '{{a}}',
          '# x',
          ' a',
          'a ',
          '2020-01-01',
          '1e3',
          '<<',
          '*a',
          '!b',
          '%',
        ),
        fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any')),
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((k) => k !== '__proto__'),
          tie('any'),
        ),
      ),
    })).any;
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), value, { minKeys: 1 }), (data) => {
        const { data: read, body } = parseFrontmatter(formatFrontmatter(data, 'Body.'));
        expect(read).toEqual({ ...data });
        expect(body).toBe('\nBody.\n');
      }),
      { numRuns: 300 },
    );
  });
});

describe('an artifact', () => {
  it('that cannot be read is refused with its name and the reason', () => {
    const file = join(temporaryFolder(), 'a.md');
    writeFileSync(file, '---js\n1\n---\n');
    expect(() => readArtifact(file)).toThrow(
      expect.objectContaining({ code: 'artifact_unreadable', message: expect.stringContaining(file) }),
    );
    expect(() => readArtifact(`${file}.gone`)).toThrow(expect.objectContaining({ code: 'artifact_unreadable' }));
  });

  it('has numbers with six digits, but keeps whole numbers and the contract', () => {
    const file = join(temporaryFolder(), 'a.md');
    const data = {
      baseline: 547.790_999_999_999_9,
      tiny: 0.000_123_456_789,
      samples: [1_234_567.89, -0.1, 12_345_678],
      at: '2026-03-01T09:12:04.123Z',
      nothing: null,
      contract: { alpha: 0.012_345_678_9 },
    };
    writeArtifact(file, data, 'Body.', (text) => text);
    expect(readArtifact(file).data).toEqual({
      ...data,
      baseline: 547.791,
      tiny: 0.000_123_457,
      samples: [1_234_568, -0.1, 12_345_678],
    });
  });

  it('is listed in the order of its number, also above 99, and no other file is listed', () => {
    const dir = temporaryFolder();
    for (const name of [
      '10-fix.md',
      '9-x.md',
      '02-fix.md',
      '100-report.md',
      '99-fix.md',
      'run.md',
      '03-fix.md.tmp',
      '.01-fix.md.9.tmp',
    ])
      writeFileSync(join(dir, name), '');
    expect(listArtifacts(dir)).toEqual(['02-fix.md', '10-fix.md', '99-fix.md', '100-report.md']);
  });
});

function bomb(): string {
  const names = [...'abcdefghij'];
  return names
    .map(
      (name, i) =>
        `${name}: &${name} [${
          i === 0
            ? 'x'
            : Array(9)
                .fill(`*${names[i - 1]}`)
                .join(', ')
        }]`,
    )
    .join('\n');
}
