import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { execute, perfGate } from '../../helpers/cli.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { apiServer } from './api.ts';

const perfgate = perfGate();

const base = '1'.repeat(40);
const head = '2'.repeat(40);
const fixture = (name: string) => new URL(`./fixtures/${name}.json`, import.meta.url).pathname;

const primary = { name: 'cpu_ms', unit: 'ms', baseline: 100, candidate: 101, improvement_pct: -1, ci95_pct: [-2, 0.5] };
const held = { comparison: null, verdict: 'held', base, head, reasons: ['held: less than 3 % worse'], primary };
const fork = { state: 'open', head: { sha: head, ref: 'patch-1', repo: { full_name: 'stranger/report' } } };
const other = { state: 'open', head: { sha: head, ref: 'patch-1', repo: { full_name: 'victim/report' } } };

/** A folder with the files of the measuring job. */
function left(result: unknown, pull: unknown = { number: 7, head_sha: head }): string {
  const dir = join(temporaryFolder(), 'left');
  mkdirSync(dir);
  writeFileSync(join(dir, 'result.json'), typeof result === 'string' ? result : JSON.stringify(result));
  writeFileSync(join(dir, 'pull-request.json'), JSON.stringify(pull));
  return dir;
}

type Given = { dir: string; api?: string; event?: string; more?: string[] };

async function write({ dir, api = 'http://127.0.0.1:9', event = fixture('workflow-run'), more = [] }: Given) {
  const env = { ...perfgate.env(), GITHUB_API_URL: api, GITHUB_TOKEN: 'of-this-test', GITHUB_EVENT_PATH: event };
  const args = [perfgate.bin(), 'pr-comment', '--artifact', dir, '--json', ...more];
  const ended = await execute(process.execPath, args, { cwd: temporaryFolder(), env });
  return { code: ended.code, ...JSON.parse(ended.stdout) };
}

it('writes a comment and a check on the pull request of a fork, and later replaces its own comment only', async () => {
  const persons = { id: 5, body: '<!-- perf-gate -->\nmine', user: { type: 'User' } };
  const many = Array.from({ length: 120 }, (_, id) => ({ id, body: 'a word', user: { type: 'User' } }));
  const api = await apiServer({ 7: fork }, [persons, ...many.slice(6)]);
  const first = await write({ dir: left(held), api: api.url });
  expect(first).toEqual({ code: 0, pull_request: 7, head, conclusion: 'success', written: true, comment: null });
  const regressed = { ...held, verdict: 'regressed', reasons: ['regressed: 20 % worse'] };
  expect(await write({ dir: left(regressed), api: api.url })).toMatchObject({ code: 0, conclusion: 'failure' });
  const ours = api.comments.filter(({ user }) => user.type === 'Bot');
  expect(ours).toHaveLength(1);
  expect(ours[0]!.body).toMatch(/^<!-- perf-gate -->\n\n### perf-gate: regressed\n/);
  expect(persons.body).toBe('<!-- perf-gate -->\nmine');
  expect(api.checks).toMatchObject([
    { name: 'perf-gate', head_sha: head, status: 'completed', conclusion: 'success' },
    { head_sha: head, conclusion: 'failure', output: { title: 'regressed' } },
  ]);
  expect(new Set(api.asked.map(({ token }) => token))).toEqual(new Set(['Bearer of-this-test']));
  expect(api.asked.every(({ path }) => path.startsWith('/repos/acme/report/'))).toBe(true);
});

it('lists the warnings with the verdict', async () => {
  const warnings = ['the benchmark runs none of the changed lines'];
  const { comment } = await write({ dir: left({ ...held, warnings }), more: ['--dry-run'] });
  expect(comment).toMatch(/held: less than 3 % worse`\n- \*\*Warning:\*\* `the benchmark runs none/);
});

it('writes for a pull request of the same repository from its own event', async () => {
  const api = await apiServer({});
  const told = await write({ dir: left(held), api: api.url, event: fixture('pull-request') });
  expect(told).toMatchObject({ code: 0, pull_request: 7, written: true });
  expect(api.comments).toHaveLength(1);
});

it('never passes the result of a failed job, and writes nothing if the branch has moved on', async () => {
  const event = JSON.parse(readFileSync(fixture('workflow-run'), 'utf8'));
  event.workflow_run.conclusion = 'failure';
  const file = join(temporaryFolder(), 'event.json');
  writeFileSync(file, JSON.stringify(event));
  const api = await apiServer({ 7: fork });
  expect(await write({ dir: left(held), api: api.url, event: file })).toMatchObject({ conclusion: 'failure' });
  const moved = await apiServer({ 7: { ...fork, head: { ...fork.head, sha: '3'.repeat(40) } } });
  expect(await write({ dir: left(held), api: moved.url })).toMatchObject({ code: 0, written: false });
  expect([moved.comments, moved.checks]).toEqual([[], []]);
});

it('refuses a result that names another pull request or commit, and writes nothing', async () => {
  const api = await apiServer({ 7: fork, 8: other, 9: { nothing: true } });
  for (const pull of [8, 9].map((number) => ({ number, head_sha: head }))) {
    const told = await write({ dir: left(held, pull), api: api.url });
    expect(told).toMatchObject({ code: 2, error: { code: 'result_refused' } });
  }
  const elsewhere = '4'.repeat(40);
  const forged = left({ ...held, head: elsewhere }, { number: 7, head_sha: elsewhere });
  expect(await write({ dir: forged, api: api.url })).toMatchObject({ code: 2, error: { code: 'result_refused' } });
  expect(await write({ dir: left(held, { number: 404, head_sha: head }), api: api.url })).toMatchObject({
    code: 3,
    error: { code: 'github_refused' },
  });
  expect(api.asked.filter(({ method }) => method !== 'GET')).toEqual([]);
});

it('refuses an event without a pull request', async () => {
  const event = JSON.parse(readFileSync(fixture('workflow-run'), 'utf8'));
  event.workflow_run.event = 'push';
  for (const text of [JSON.stringify(event), '{}', 'no JSON']) {
    const file = join(temporaryFolder(), 'event.json');
    writeFileSync(file, text);
    expect(await write({ dir: left(held), event: file })).toMatchObject({ code: 2, error: { code: 'event_unusable' } });
  }
});

it('refuses files that are huge, links, of another form, or name no number', async () => {
  const linked = left(held);
  writeFileSync(join(linked, '../elsewhere.json'), JSON.stringify(held));
  const withLink = join(temporaryFolder(), 'linked');
  mkdirSync(withLink);
  symlinkSync(join(linked, '../elsewhere.json'), join(withLink, 'result.json'));
  writeFileSync(join(withLink, 'pull-request.json'), JSON.stringify({ number: 7, head_sha: head }));
  const refused: [string, RegExp][] = [
    [withLink, /not a regular file/],
    [left(' '.repeat(8 * 1024 ** 2 + 1)), /is longer/],
    [left('{'), /not JSON/],
    [left({ ...held, verdict: 'splendid' }), /does not have the form/],
    [left({ ...held, reasons: Array(51).fill('x') }), /does not have the form/],
    [left(held, { number: '7/../../8', head_sha: head }), /does not have the form/],
    [left(held, { number: 7, head_sha: '../../x' }), /does not have the form/],
    [temporaryFolder(), /is missing/],
    [join(temporaryFolder(), 'nowhere'), /there is no folder/],
    [instead((file) => mkdirSync(file)), /not a regular file/],
    [instead((file) => execFileSync('mkfifo', [file])), /not a regular file/],
    [instead((file) => symlinkSync('/dev/zero', file)), /not a regular file/],
  ];
  for (const [dir, message] of refused)
    expect(await write({ dir, more: ['--dry-run'] })).toMatchObject({
      code: 2,
      error: { code: 'result_refused', message: expect.stringMatching(message) },
    });
});

/** A result in which another file replaces the one that names the pull request. */
function instead(make: (file: string) => void): string {
  const dir = left(held);
  rmSync(join(dir, 'pull-request.json'));
  make(join(dir, 'pull-request.json'));
  return dir;
}

it('reads no other file of the folder', async () => {
  const dir = left(held);
  const names = ['--event', '-', '$(touch ran)', 'a\nb', '..json', 'constructor', '<img src=x>'];
  for (const name of names) writeFileSync(join(dir, name), JSON.stringify({ verdict: 'accepted' }));
  mkdirSync(join(dir, '.git'));
  writeFileSync(join(dir, '.npmrc'), 'registry=https://evil.example\n');
  symlinkSync('/etc/passwd', join(dir, 'junit.xml'));
  const { code, comment } = await write({ dir, more: ['--dry-run'] });
  expect([code, comment]).toEqual([0, (await write({ dir: left(held), more: ['--dry-run'] })).comment]);
});

it('reports a missing event', async () => {
  const { GITHUB_EVENT_PATH: _, ...env } = perfgate.env();
  const args = [perfgate.bin(), 'pr-comment', '--artifact', left(held)];
  const ended = await execute(process.execPath, args, { cwd: temporaryFolder(), env });
  expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('GITHUB_EVENT_PATH is not set') });
});

it('shows the words of a fork as code: no HTML, link, picture or mention comes through', async () => {
  const hostile =
    '<img src=x onerror=alert(1)> @everyone #1 [a](https://evil.example) ![b](https://evil.example/b.png) `` ` | \\\\| @everyone\n# big';
  const benchmark = {
    ...primary,
    name: hostile.padEnd(2000, 'x'),
    unit: hostile.padEnd(2000, 'x'),
    answer: 'regressed',
    better: false,
    lower_is_better: true,
    pairs: 5,
  };
  const results = [
    {
      ...held,
      reasons: [hostile],
      warnings: Array(300).fill(hostile.padEnd(3000, 'x')),
      primary: { ...primary, name: hostile, unit: hostile },
    },
    { verdict: 'rejected', base, head, benchmarks: Array(300).fill(benchmark), removed: Array(300).fill(hostile) },
  ];
  for (const result of results) {
    const { comment, code, written } = await write({ dir: left(result), more: ['--dry-run'] });
    expect([code, written]).toEqual([0, false]);
    expect(comment.length).toBeLessThan(65_536);
    // A code span extends from a run of backticks to the next run of the same length.
    const outside = comment.replace(/(?<!`)(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, '');
    expect(outside).not.toMatch(/img|@|evil|#1|# big/);
  }
});
