import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { profileOf } from '../../../src/sentinel/session/profile.ts';
import { findTranscripts, subagentsOf } from '../../../src/sentinel/transcripts/find.ts';
import { readTranscript } from '../../../src/sentinel/transcripts/read.ts';
import { factsOf } from '../../../src/sentinel/transcripts/record.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { at, lines, writeTranscript } from './lines-of.ts';

const place = (home: string) => ({ cwd: '/home/you/shop', env: { HOME: home } });

it('reads a session with its subagents in the order of time, and counts unknown lines', () => {
  const home = temporaryFolder();
  const file = writeTranscript(home, { project: place(home).cwd, session: 'one' }, [
    lines.prompt(at(0), 'go'),
    lines.says(at(9), 'done'),
    { type: 'a kind of record that a later client may have', timestamp: at(3) },
    'no JSON',
    '[1]',
    '{"type":"user","message":',
  ]);
  const agent = join(dirname(file), 'one/subagents/agent-a.jsonl');
  mkdirSync(dirname(agent), { recursive: true });
  writeFileSync(agent, JSON.stringify(lines.says(at(5), 'found it'))); // the last line lacks a line feed
  expect(findTranscripts(place(home), 'project').map((found) => found.file)).toEqual([file]);
  const { facts, about, lines: counted } = readTranscript(file, subagentsOf(file));
  expect(facts.map(({ kind, t }) => [kind, t])).toEqual([
    ['prompt', Date.parse(at(0))],
    ['answer', Date.parse(at(5))],
    ['answer', Date.parse(at(9))],
  ]);
  expect(facts.map((fact) => 'side' in fact && fact.side)).toEqual([false, true, false]);
  expect(about).toEqual({ session: 'f00d', cwd: '/home/you/shop', version: '2.1.329', interactive: false });
  expect(counted).toEqual({ read: 4, broken: 2, foreign: 1 });
});

it('a message that the client writes as the user is not a prompt', () => {
  const prompt = (text: string, more = {}) => factsOf(lines.prompt(at(0), text, more));
  expect(prompt('[Request interrupted by user]')).toEqual([]);
  expect(prompt('<local-command-stdout>x</local-command-stdout>')).toEqual([]);
  expect(prompt('what a hook said', { isMeta: true })).toEqual([]);
  expect(prompt('/review')).toMatchObject([{ kind: 'prompt', typed: true }]);
  expect(prompt('<task-notification>ended</task-notification>')).toMatchObject([{ kind: 'prompt', typed: false }]);
});

it('reports failed hooks, and gives null for facts that a record lacks', () => {
  const attachment = (more: object) =>
    factsOf({ type: 'attachment', timestamp: at(0), attachment: { hookEvent: 'PostToolUse', ...more } });
  expect(attachment({ type: 'hook_cancelled', hookName: 'PostToolUse:Bash' })).toMatchObject([
    { event: 'PostToolUse', matched: 'Bash', command: null, ms: null, failed: true },
  ]);
  expect(
    attachment({ type: 'hook_blocking_error', blockingError: { blockingError: 'no', command: 'check.sh' } }),
  ).toMatchObject([{ matched: null, command: 'check.sh', failed: true }]);
  expect(attachment({ type: 'hook_additional_context' })).toEqual([]);
});

it('no value makes the reader throw, or gives an invalid moment', () => {
  const types = fc.constantFrom('user', 'assistant', 'attachment', 'system', 'cost-state', 'api-request', 'toString');
  const record = fc.record({
    type: types,
    timestamp: fc.oneof(fc.constant(at(0)), fc.anything()),
    message: fc.oneof(fc.record({ content: fc.anything() }), fc.anything()),
    attachment: fc.oneof(fc.record({ type: fc.constant('hook_success'), hookEvent: fc.anything() }), fc.anything()),
    subtype: fc.constantFrom('stop_hook_summary', 'turn_duration', 'compact_boundary', 'x'),
    hookInfos: fc.anything(),
    startTime: fc.anything(),
    totalDuration: fc.anything(),
    permissionDecision: fc.anything(),
  });
  fc.assert(
    fc.property(fc.array(fc.oneof(record, fc.anything(), fc.jsonValue()), { maxLength: 8 }), (values) => {
      const facts = values.flatMap((value) => factsOf(value) ?? []);
      for (const { t } of facts) expect(Number.isFinite(t)).toBe(true);
      const about = { session: null, cwd: null, version: null, interactive: null };
      const transcript = { about, facts, lines: { read: 0, broken: 0, foreign: 0 } };
      const profile = profileOf({ transcript, exported: [], debugLog: null, process: null });
      for (const { ms } of profile?.parts ?? []) expect(ms).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});
