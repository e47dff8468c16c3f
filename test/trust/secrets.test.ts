import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { redactor } from '../../src/artifact/redact.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';
import { type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();
afterEach(() => vi.unstubAllEnvs());

/** Each in a form of its own: quotes and markup, several lines, longer than any excerpt, a part of a URL. */
const secrets = {
  file: `sword"fish'&<b>-0123456789`,
  lines: 'first-line-of-a-key\n  second-line-of-a-key\nthird-line-of-a-key',
  long: Array.from({ length: 60 }, (_, i) => `long${i}secret`).join('-'),
  url: 'postgres://me:pass-in-a-url@localhost/db',
};
/** In base64 of several lines, and in hex. */
const encode = 'printf %s "$LONG_TOKEN" | base64; printf %s "$FROM_FILE" | od -An -v -tx1 | tr -d " \\n"; echo';
const parts = [
  Buffer.from(secrets.long).toString('base64').slice(0, 20),
  Buffer.from(secrets.long).toString('base64').slice(80, 100),
  Buffer.from('sword').toString('hex'),
  'sword',
  'fish',
  'line-of-a-key',
  /long\d+secret/,
  'pass-in-a-url',
  secrets.file.replaceAll('&', '&amp;'),
];

const leaks = (text: string) =>
  parts.filter((part) => (typeof part === 'string' ? text.includes(part) : part.test(text)));

/** Every byte that a run leaves behind: its folder with local files, and what git was told. */
function leftBehind(repo: TestRepository): Record<string, string> {
  const files = readdirSync(join(repo.root, '.perf-gate'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const read = files.map((file) => [file, readFileSync(file, 'latin1')]);
  return {
    ...Object.fromEntries(read),
    names: files.join('\n'),
    refs: repo.git('for-each-ref'),
    messages: repo.git('log', '--all', '--format=%B%an%cn'),
    reflog: repo.git('log', '--all', '--walk-reflogs', '--format=%gs'),
  };
}

it('leaves the value of a secret nowhere, regardless of what prints it', async () => {
  vi.stubEnv('MY_SECRET_KEY', secrets.lines);
  vi.stubEnv('LONG_TOKEN', secrets.long);
  vi.stubEnv('DATABASE_URL', secrets.url);
  const all = `{ echo "$FROM_FILE $LONG_TOKEN $MY_SECRET_KEY $DATABASE_URL"; ${encode}; }`;
  const repo = countingProject(
    {
      repro: { script: `${all}; ${all} >&2; sh bench.sh; test ! -e crash`, build: all, before_each: all },
      guards: { correctness: `${all}; test ! -e wrong || { ${all} >&2; exit 1; }` },
      profiler: { tool: 'talkative', command: `{command}; ${all}; ${all} >&2; exit 3` },
      secrets_file: '.env.bench',
      limits: { max_attempts: 4, max_rejects_in_a_row: 4 },
    },
    { '.gitignore': '.env.bench\n' },
  );
  repo.write('.env.bench', `FROM_FILE=\`${secrets.file}\`\n`);
  const answers = [
    `touch crash`,
    `touch wrong`,
    `echo 'echo "$FROM_FILE $LONG_TOKEN"' >> work.sh; echo 'echo $LONG_TOKEN' >> work.sh`,
    halve,
  ];
  const fix = [
    `case $PERF_GATE_ATTEMPT in ${answers.map((answer, i) => `${i + 1}) ${answer} ;;`).join(' ')} esac`,
    all,
    `${all} >&2`,
    'cat .env.bench >> $PERF_GATE_ARTIFACT',
    `${all} >> $PERF_GATE_ARTIFACT`,
  ].join('\n');
  const task = `be quiet about ${secrets.lines.split('\n')[0]}`;
  const ended = await perfgate.run(repo.root, 'start', task, '--contract', 'c.yaml', '--yes', '--fix-command', fix);
  expect(ended.stderr).toMatch(/REJECTED[\s\S]*REJECTED[\s\S]*REJECTED[\s\S]*ACCEPTED/);
  const shown = await Promise.all(
    [['show'], ['status'], ['list'], ['verify'], ['attempts']].map((args) => perfgate.run(repo.root, ...args)),
  );
  expect(shown.map(({ code, stdout }) => (code === 0 ? '' : stdout))).toEqual(['', '', '', '', '']);
  const told = { ...leftBehind(repo), told: [ended, ...shown].map((e) => e.stdout + e.stderr).join('\n') };
  expect(Object.entries(told).flatMap(([where, text]) => leaks(text).map((part) => `${where}: ${part}`))).toEqual([]);
});

it('reports a failed command without its secrets', async () => {
  vi.stubEnv('LONG_TOKEN', secrets.long);
  const repo = countingProject({ repro: { script: 'echo "$LONG_TOKEN" >&2; exit 4' } });
  const ended = await perfgate.run(repo.root, 'start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', 'true');
  expect(ended.code).toBe(3);
  expect(leaks(ended.stdout + ended.stderr)).toEqual([]);
  const other = countingProject();
  const failed = await perfgate.run(
    other.root,
    'start',
    'x',
    '--contract',
    'c.yaml',
    '--yes',
    '--fix-command',
    'echo "$LONG_TOKEN" >&2; exit 4',
  );
  expect(failed.code).toBe(3);
  expect(leaks(failed.stdout + failed.stderr)).toEqual([]);
  expect(Object.values(leftBehind(other)).flatMap(leaks)).toEqual([]);
});

it('does not redact numbers, even if a secret is a number', async () => {
  const repo = countingProject(
    { secrets_file: '.env.bench' },
    { '.gitignore': '.env.bench\n', 'work.sh': 'STEPS=100000\nANSWER=42\n' },
  );
  repo.write('.env.bench', 'ITERATIONS=100000\n');
  const fix = 'sed -i s/100000/50000/ work.sh';
  const ended = await perfgate.json(repo.root, 'start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', fix);
  expect(ended).toMatchObject({ outcome: 'accepted', attempts: [{ primary: { baseline: 100000, candidate: 50000 } }] });
  expect(await perfgate.json(repo.root, 'verify')).toMatchObject({ code: 0 });
});

it('makes the key of the machine readable by its user only, and writes it into no run', async () => {
  const state = temporaryFolder();
  vi.stubEnv('XDG_STATE_HOME', state);
  const repo = countingProject();
  await perfgate.json(repo.root, 'start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', halve);
  const file = [
    join(state, 'perf-gate/machine-key'),
    join(perfgate.env().XDG_STATE_HOME!, 'perf-gate/machine-key'),
  ].find((f) => existsSync(f))!;
  const { statSync } = await import('node:fs');
  expect(statSync(file).mode & 0o077).toBe(0);
  const key = readFileSync(file, 'utf8');
  expect(Object.values(leftBehind(repo)).filter((text) => text.includes(key))).toEqual([]);
});

it.each([
  ['whole', 'a swordfish b', 'a [redacted] b'],
  ['in JSON', JSON.stringify('a"b-secret\n'), '"[redacted]\\n"'],
  ['cut before dots', 'see swordfi…', 'see [redacted]…'],
  ['cut after dots', '…ordfish is it', '…[redacted] is it'],
  ['cut in an excerpt', 'found “…ordfish is it”', 'found “…[redacted] is it”'],
  ['not, as a word that begins like it', 'see the swordf', 'see the swordf'],
  ['one line of several', '  | line-two-of-it', '  | [redacted]'],
  ['nothing', 'a word', 'a word'],
])('removes a secret that is present %s', (_, text, expected) => {
  const redact = redactor({ A: 'swordfish', B: 'a"b-secret', C: 'line-one-of-it\n line-two-of-it\n' }, {});
  expect(redact(text)).toBe(expected);
});

it('knows secrets by the names of their variables, and passwords in URLs', () => {
  const kept = { PATH: '/usr/bin:/bin', PWD: '/home/me', LANG: 'C.UTF-8', KEYBOARD: 'qwertyuiop', AUTHOR: 'somebody' };
  const names = [
    'NPM_TOKEN',
    'PGPASSWORD',
    'AWS_SECRET_ACCESS_KEY',
    'API_KEY',
    'GH_PAT',
    'MYSQL_PWD',
    'SSH_PASSPHRASE',
    'SERVICE_CREDENTIALS',
  ];
  const env = { ...kept, ...Object.fromEntries(names.map((name, i) => [name, `value-${i}-of-it`])), DB: secrets.url };
  const redact = redactor({}, env);
  for (const i of names.keys()) expect(redact(`x value-${i}-of-it`)).toBe('x [redacted]');
  expect(redact(secrets.url)).toBe('postgres://me:[redacted]@localhost/db');
  for (const value of Object.values(kept)) expect(redact(value)).toBe(value);
});

const odd = `pä"ss'/wo+rd&x%41`;
const bytes = (text: string) => Buffer.from(text);
const each = (text: string, spell: (code: number) => string) => [...bytes(text)].map(spell).join('');
const hex = (code: number, length = 2) => code.toString(16).padStart(length, '0');

it.each([
  ['a part of a URL', encodeURIComponent(odd)],
  ['a part of a URL in a URL', encodeURIComponent(encodeURIComponent(odd))],
  ['percent signs throughout', each(odd, (c) => `%${hex(c).toUpperCase()}`)],
  ['percent signs here and there', odd.replace('%41', '%2541').replace('s', '%73')],
  ['base64', bytes(odd).toString('base64')],
  ['base64, one byte on', bytes(`:${odd}:`).toString('base64')],
  ['base64, two bytes on', bytes(`u:${odd}`).toString('base64')],
  ['base64 for URLs', bytes(`u:${odd}`).toString('base64url')],
  ['base64 in a URL', encodeURIComponent(bytes(odd).toString('base64'))],
  [
    'base64 in lines',
    bytes(`${'x'.repeat(50)}${odd}${'y'.repeat(50)}`)
      .toString('base64')
      .replace(/.{76}/g, '$&\n'),
  ],
  ['hex', bytes(odd).toString('hex')],
  ['hex in capitals', bytes(odd).toString('hex').toUpperCase()],
  ['JSON', JSON.stringify({ odd })],
  ['JSON in JSON in JSON', JSON.stringify(JSON.stringify(JSON.stringify(odd)))],
  ['\\u', [...odd].map((c) => `\\u${hex(c.charCodeAt(0), 4)}`).join('')],
  ['\\u in JSON', JSON.stringify([...odd].map((c) => `\\u${hex(c.charCodeAt(0), 4)}`).join(''))],
  ['\\u{}', [...odd].map((c) => `\\u{${hex(c.codePointAt(0)!)}}`).join('')],
  ['\\x', each(odd, (c) => `\\x${hex(c)}`)],
  ['octal', each(odd, (c) => `\\${c.toString(8).padStart(3, '0')}`)],
  ['HTML', odd.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')],
  ['HTML by numbers', [...odd].map((c) => `&#x${hex(c.codePointAt(0)!)};`).join('')],
])('removes a secret that is spelled as %s, and nothing else', (_, spelled) => {
  const told = redactor({ A: odd }, {})(`before € ${spelled} behind …`);
  expect(told).toMatch(/^before € .*\[redacted\].* behind …$/s);
  const left = told.slice('before € '.length, -' behind …'.length).replace(/["\\{}:]|odd/g, '');
  expect(left.replace(/[xy\n]|eHh4|eXl5/g, '').length).toBeLessThan(60);
  for (const plain of ['wo+rd', 'wo%2Brd', '776f2b7264', 'd28rcm', '\\x77', '%77', '\\u0077', '&#x77', 'ss'])
    expect(left).not.toContain(plain);
});

it('does not change texts that only look like a spelling of a secret', () => {
  const redact = redactor({ A: odd, B: '%41%42%43', C: '100000', D: 'secret' }, {});
  const texts = [
    '100 % of ABC, \\d+ and \\u00e4, &amp; &nbsp; &#9999999; %zz',
    'c2VjcmU=',
    '\\ud83d alone',
    'AQID\n'.repeat(9),
  ];
  for (const text of texts) expect(redact(text)).toBe(text);
});

it('takes time in proportion to the length of any text', () => {
  const env = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`A${i}_TOKEN`, `value-${i}-${'abc'.repeat(12)}`]),
  );
  const redact = redactor({}, env);
  const line = 'at main (src/index.ts:12:34) "quoted\\n" 100% &amp; … words of base64abcdefghijklmnopqrstuvwxyz\n';
  const costOf = (text: string) => {
    const began = performance.now();
    redact(text);
    return performance.now() - began;
  };
  for (const piece of [line, 'a', '…', '\\', '%41', `${'a'.repeat(31)}\n`]) {
    const text = (length: number) => piece.repeat(Math.ceil(length / piece.length));
    redact(text(10_000));
    const small = Math.min(...[1, 2, 3].map(() => costOf(text(100_000))));
    expect({ piece, ratio: Math.min(...[1, 2, 3].map(() => costOf(text(1_000_000)))) / small }).toMatchObject({
      ratio: expect.toSatisfy((ratio: number) => ratio < 60),
    });
  }
});
