import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { frequencies } from '../../../src/sentinel/transcripts/frequencies.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { at, lines, writeTranscript } from './lines-of.ts';

const clock = { now: () => new Date(Date.now() + 1000).toISOString(), ms: () => 0 };
/** The day before the test's run: transcripts are also chosen by the time of their files. */
const today = new Date().toISOString().slice(0, 10);
const moment = (seconds: number) => at(seconds, today);
const longAgo = (seconds: number) => at(seconds, '2020-01-01');

/** A session with a failed edit, two successful ones, and a question of a subagent. */
const session = (t: (seconds: number) => string) => [
  lines.prompt(t(0), 'make it faster'),
  lines.call(t(1), 'a', 'Edit', { file_path: 'a' }),
  lines.result(t(2), 'a', {}),
  lines.call(t(3), 'b', 'Edit', { file_path: 'b' }, { requestId: 'both' }),
  lines.call(t(3), 'c', 'Bash', { command: 'ls' }, { requestId: 'both' }),
  lines.result(t(4), 'b', 'Error', {
    message: { content: [{ type: 'tool_result', tool_use_id: 'b', is_error: true }] },
  }),
  lines.result(t(5), 'c', {}, { permissionDecision: { decision: 'accept', source: 'user_temporary' } }),
  lines.call(t(6), 'd', 'Agent', { subagent_type: 'Explore' }),
  lines.call(t(7), 'e', 'Grep', {}, { isSidechain: true }),
  lines.result(t(8), 'd', {}),
  lines.says(t(9), 'done'),
  lines.prompt(t(20), 'thanks'),
  lines.says(t(21), 'welcome'),
  lines.totals(t(0), 30_000, 1000, 1000),
  lines.totals(t(0), 30_010, 1000, 1000),
];

function home(): { place: { cwd: string; env: NodeJS.ProcessEnv }; root: string } {
  const root = temporaryFolder('perf-gate-transcripts-');
  return { root, place: { cwd: '/home/you/shop', env: { HOME: root } } };
}

const asText = ({ events }: ReturnType<typeof frequencies>) =>
  Object.fromEntries(
    events.map(({ event, matched, per_day }) => [[event, matched].filter(Boolean).join(':'), per_day]),
  );

it('counts how often each event happens on a day of use', () => {
  const { root, place } = home();
  writeTranscript(root, { project: place.cwd, session: 'one' }, session(moment));
  writeTranscript(root, { project: '/elsewhere', session: 'two' }, session(moment));
  const found = frequencies(place, clock, 30);
  expect(found).toMatchObject({ days: 1, sessions: 2 });
  expect(asText(found)).toEqual({
    'SessionStart:startup': 2,
    UserPromptSubmit: 4,
    'PreToolUse:Edit': 4,
    'PreToolUse:Bash': 2,
    'PreToolUse:Agent': 2,
    'PreToolUse:Grep': 2,
    'PermissionRequest:Bash': 2,
    'PostToolUse:Edit': 2,
    'PostToolUse:Bash': 2,
    'PostToolUse:Agent': 2,
    'PostToolUseFailure:Edit': 2,
    PostToolBatch: 8,
    'SubagentStart:Explore': 2,
    Stop: 4,
    'SessionEnd:other': 2,
  });
  expect(frequencies(place, clock, 30, 'project')).toMatchObject({ days: 1, sessions: 1 });
});

it('a session that continues after its client ended counts as resumed', () => {
  const { root, place } = home();
  const again = [lines.prompt(moment(100), 'go on'), lines.says(moment(101), 'done')];
  writeTranscript(root, { project: place.cwd, session: 'one' }, [...session(moment), ...again]);
  expect(asText(frequencies(place, clock, 30))).toMatchObject({ 'SessionStart:startup': 1, 'SessionStart:resume': 1 });
});

it('reads only the last days, and follows no links', () => {
  const { root, place } = home();
  const file = writeTranscript(root, { project: place.cwd, session: 'old' }, session(longAgo));
  expect(frequencies(place, clock, 30)).toEqual({ days: 0, sessions: 1, events: [] });
  symlinkSync(file, join(root, '.claude/projects/-home-you-shop/link.jsonl'));
  expect(frequencies(place, clock, 30)).toMatchObject({ sessions: 1 });
});

it('a user without transcripts has no frequencies', () => {
  expect(frequencies(home().place, clock, 30)).toEqual({ days: 0, sessions: 0, events: [] });
});
