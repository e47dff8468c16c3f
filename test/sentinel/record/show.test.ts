import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { command } from '../../../src/cli/commands/sentinel/record.ts';
import type { SessionRecord } from '../../../src/sentinel/record/session.ts';
import type { Day } from '../../../src/sentinel/record/sessions.ts';
import { call } from '../../helpers/call.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

type Shown = { on: boolean; days: Day[]; sessions: SessionRecord[]; skipped: number };

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

/** A home with a spool. */
function recorded() {
  const home = temporaryFolder('perf-gate-home-');
  const sessions = join(home, '.cache/claude-plugins/perf-sentinel/sessions');
  const transcripts = join(home, '.claude/projects/-a-project');
  for (const folder of [sessions, transcripts]) mkdirSync(folder, { recursive: true });
  const place = { cwd: home, env: { HOME: home } };
  const transcriptOf = (id: string, lines: object[]) => {
    const file = join(transcripts, `${id}.jsonl`);
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return file;
  };
  return {
    home,
    sessions,
    transcriptOf,
    spool: (line: string) => appendFileSync(join(sessions, 'spool.jsonl'), `${line}\n`),
    end: (id: string, transcript_path: string, more: object = {}) =>
      appendFileSync(
        join(sessions, 'spool.jsonl'),
        `${JSON.stringify({ session_id: id, transcript_path, cwd: '/a/project', hook_event_name: 'SessionEnd', reason: 'other', ...more })}\n`,
      ),
    show: async (options = {}) =>
      JSON.parse((await call(command, place, ['show'], { json: true, ...options })).out) as Shown,
    print: async () => (await call(command, place, ['show'], {})).out,
  };
}

const sums = (dur: number, api: number, tools: number) => ({
  type: 'cost-state',
  totalDuration: dur,
  totalAPIDuration: api,
  totalToolDuration: tools,
});
const startHook = (durationMs: number) => ({
  type: 'attachment',
  timestamp: ago(2),
  attachment: { type: 'hook_success', hookEvent: 'SessionStart', durationMs },
});

it('joins the end of every session with its transcript, and writes a file for it', async () => {
  const { sessions, transcriptOf, end, show, print } = recorded();
  const last = ago(1);
  const file = transcriptOf('s1', [
    startHook(120),
    startHook(700),
    { type: 'user', timestamp: last },
    sums(9000, 5000, 1500),
  ]);
  end('s1', file);
  end(
    's2',
    transcriptOf('s2', [
      { type: 'user', timestamp: ago(3) },
      { type: 'assistant', timestamp: ago(2) },
    ]),
  );
  const { days, sessions: all, skipped, on } = await show();
  expect([on, skipped]).toEqual([false, 0]);
  const [first, second] = all;
  expect(first).toEqual({
    ts: last,
    dur: 9000,
    id: 's1',
    cwd: '/a/project',
    reason: 'other',
    api_ms: 5000,
    tools_ms: 1500,
    rest_ms: 2500,
    start_hooks_ms: 700,
  });
  expect(second).toMatchObject({ id: 's2', api_ms: null, rest_ms: null, start_hooks_ms: null });
  expect(second!.dur).toBeGreaterThan(3_590_000); // from its first line to its last
  expect(days.reduce((sum, day) => sum + day.sessions, 0)).toBe(2);
  expect(days.reduce((sum, day) => sum + day.slow, 0)).toBe(1);
  expect(JSON.parse(readFileSync(join(sessions, last.slice(0, 10), 's1.json'), 'utf8'))).toEqual(first);
  expect(readdirSync(sessions).filter((name) => name.endsWith('.jsonl'))).toEqual([]);
  expect(await show()).toMatchObject({ sessions: all });
  expect(await print()).toMatch(/^day +sessions +time +model +tools +rest +slow starts\n/);
});

it('skips torn and foreign lines, and says how many', async () => {
  const { home, sessions, spool, end, show, print } = recorded();
  end('../../../evil', '/x.jsonl');
  end('ok', '/x.jsonl');
  end('long', '/x.jsonl', { cwd: 'x'.repeat(10_000) });
  for (const line of ['{"session_id":"torn', 'null', '[]', '{}', '\u0000']) spool(line);
  const { sessions: all, skipped } = await show();
  expect([all.map(({ id }) => id), skipped]).toEqual([['ok'], 7]);
  expect(existsSync(join(home, 'evil.json'))).toBe(false);
  expect(readdirSync(sessions)).toHaveLength(1);
  spool('torn');
  expect(await print()).toContain('1 line that the recording hook wrote could not be read as a session.');
});

it('reads no file outside of the client’s transcripts, even if the spool names one', async () => {
  const { home, transcriptOf, end, show } = recorded();
  const secret = join(home, 'secret.jsonl');
  writeFileSync(secret, `${JSON.stringify(sums(7, 1, 1))}\n`);
  const link = join(dirname(transcriptOf('x', [])), 'link.jsonl');
  symlinkSync(secret, link);
  end('outside', secret);
  end('linked', link);
  end('climbing', join(dirname(link), '../../../secret.jsonl'));
  const { sessions } = await show();
  expect(sessions.map(({ dur }) => dur)).toEqual([null, null, null]);
});

it('leaves foreign files alone', async () => {
  const { home, sessions, show } = recorded();
  const victim = join(home, 'victim');
  writeFileSync(victim, 'theirs');
  mkdirSync(join(sessions, 'spool.jsonl'));
  symlinkSync(victim, join(sessions, 'spool-1-00000000.jsonl'));
  expect(await show()).toMatchObject({ sessions: [], skipped: 0 });
  expect(readFileSync(victim, 'utf8')).toBe('theirs');
});

it('takes in the spool of a killed call, and the last record of a resumed session', async () => {
  const { sessions, transcriptOf, end, show } = recorded();
  const left = { session_id: 's1', transcript_path: '/x.jsonl', cwd: '/', hook_event_name: 'SessionEnd' };
  writeFileSync(join(sessions, 'spool-123-0badcafe.jsonl'), `${JSON.stringify(left)}\n`);
  expect((await show()).sessions).toMatchObject([{ id: 's1', dur: null, reason: 'other' }]);
  const yesterday = join(sessions, ago(24).slice(0, 10));
  mkdirSync(yesterday, { recursive: true });
  const before = {
    ts: ago(24),
    dur: 10,
    id: 's2',
    cwd: '/',
    reason: 'other',
    api_ms: 1,
    tools_ms: 1,
    rest_ms: 8,
    start_hooks_ms: null,
  };
  writeFileSync(join(yesterday, 's2.json'), JSON.stringify(before));
  writeFileSync(join(yesterday, 'broken.json'), '{"ts":7}');
  end('s2', transcriptOf('s2', [{ type: 'user', timestamp: ago(0) }, sums(500, 1, 1)]));
  const { sessions: all } = await show();
  expect(all.filter(({ id }) => id === 's2').map(({ dur }) => dur)).toEqual([500]);
});

it('shows only the last days, without control characters', async () => {
  const { home, sessions, end, show } = recorded();
  end('new', '/x.jsonl', { cwd: '/a\u001b[31mred' });
  const old = join(sessions, ago(24 * 9).slice(0, 10));
  mkdirSync(old, { recursive: true });
  const before = {
    ts: ago(24 * 9),
    dur: 1,
    id: 'old',
    cwd: '/',
    reason: 'x',
    api_ms: null,
    tools_ms: null,
    rest_ms: null,
    start_hooks_ms: null,
  };
  writeFileSync(join(old, 'old.json'), JSON.stringify(before));
  expect((await show()).sessions).toMatchObject([{ id: 'new', cwd: '/ared' }]);
  expect((await show({ days: '20' })).sessions).toHaveLength(2);
  const env = { HOME: home, PERF_SENTINEL_VERBOSE: 'true' };
  expect((await call(command, { cwd: home, env }, ['show'])).out).toMatch(/^ended +time .*project\n.* \/ared\n/);
});

it('removes sessions that are old enough', async () => {
  const { sessions, end, show } = recorded();
  end('new', '/x.jsonl');
  await show();
  const old = join(sessions, ago(24 * 40).slice(0, 10));
  mkdirSync(old);
  writeFileSync(join(old, 'old.json'), '{}');
  writeFileSync(join(old, 'a person’s note.txt'), '');
  await show();
  expect(readdirSync(old)).toEqual(['a person’s note.txt']);
});

it('removes nothing from a folder without the marker', async () => {
  const { home, sessions, show } = recorded();
  const old = join(sessions, '2020-01-01', 'old.json');
  mkdirSync(dirname(old));
  writeFileSync(old, '{}');
  await show();
  expect(existsSync(old)).toBe(true);
  const left = join(sessions, 'spool-123-0badcafe.jsonl');
  writeFileSync(left, '{}\n');
  writeFileSync(join(dirname(sessions), 'foreign'), '');
  const taken = await call(command, { cwd: home, env: { HOME: home } }, ['show'], { json: true });
  expect(taken).toMatchObject({ error: { code: 'sentinel_home_taken' } });
  expect([existsSync(left), existsSync(old)]).toEqual([true, true]);
});

it('accepts no other word', async () => {
  for (const word of ['of', 'constructor'])
    expect(await call(command, recordedPlace(), [word])).toMatchObject({ code: 2, error: { code: 'usage' } });
});

const recordedPlace = () => {
  const { home } = recorded();
  return { cwd: home, env: { HOME: home } };
};
