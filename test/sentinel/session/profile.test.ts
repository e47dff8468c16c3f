import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDebugLog } from '../../../src/sentinel/session/debug-log.ts';
import { readExport } from '../../../src/sentinel/session/exported.ts';
import { type Profile, profileOf, type Records } from '../../../src/sentinel/session/profile.ts';
import { readTranscript } from '../../../src/sentinel/transcripts/read.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { at, lines } from '../transcripts/lines-of.ts';
import { asLines, debugLog, exported, transcript } from './invented.ts';

const fileOf = (name: string, values: readonly (object | string)[]) => {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, asLines(values));
  return file;
};
const all = (): Records => ({
  transcript: readTranscript(fileOf('t.jsonl', transcript), []),
  exported: readExport(fileOf('e.jsonl', exported)),
  debugLog: readDebugLog(fileOf('d.log', debugLog)),
  process: null,
});
const only = (given: Partial<Records>): Records => ({
  transcript: null,
  exported: [],
  debugLog: null,
  process: null,
  ...given,
});
const parts = (profile: Profile) => Object.fromEntries(profile.parts.map(({ part, ms }) => [part, ms]));
const sum = (values: readonly { ms: number }[]) => values.reduce((all, { ms }) => all + ms, 0);

describe('with the export', () => {
  const profiled = () => profileOf({ ...all(), debugLog: null })!;

  it('every moment belongs to one part, and the parts are the whole session', () => {
    const profile = profiled();
    expect(parts(profile)).toEqual({
      start_up: 500,
      hook: 2600,
      model: 3800,
      tool: 2500,
      shut_down: 400,
      rest: 200,
    });
    expect(sum(profile.parts)).toBe(10_000);
    expect(sum(profile.timeline)).toBe(10_000);
    expect(profile).toMatchObject({ wall_ms: 10_000, working_ms: 10_000, turns: 1, told: [] });
    expect(profile.attributed).toBeCloseTo(0.98);
  });

  it('the waits for hooks are those of the events, including hooks that print nothing', () => {
    const profile = profiled();
    expect(
      profile.events.map(({ event, matched, runs, wait_ms, source }) => [event, matched, runs, wait_ms, source]),
    ).toEqual([
      ['PreToolUse', 'Bash', 1, 1000, 'otlp'],
      ['Stop', null, 1, 600, 'stop_summary'],
      ['SessionStart', 'startup', 1, 500, 'otlp'],
      ['PostToolUse', 'Bash', 1, 500, 'otlp'],
    ]);
    expect(profile.tools).toEqual([{ tool: 'Bash', calls: 1, ms: 2500, source: 'otlp' }]);
  });
});

describe('with the debug log', () => {
  it('each hook has its plugin and its command, and waits are as long as with the export', () => {
    const profile = profileOf(all())!;
    expect(profile.hooks.map(({ event, plugin, command, ms, failed }) => [event, plugin, command, ms, failed])).toEqual(
      [
        ['PreToolUse', 'tidy@market', '/plugins/tidy/check.sh [a] (b)', 1000, 0],
        ['Stop', 'tidy@market', '/plugins/tidy/stop.sh', 600, 0],
        ['SessionStart', 'tidy@market', '/plugins/tidy/start.sh', 500, 0],
        ['PostToolUse', 'guard@market', '/plugins/guard/late.sh', 500, 1],
        ['PreToolUse', 'guard@market', '/plugins/guard/guard.sh', 400, 0],
        ['PostToolUse', null, 'own.sh', 7, 0],
      ],
    );
    expect(parts(profile)).toEqual(parts(profileOf({ ...all(), debugLog: null })!));
    expect(profile.events.every(({ source }) => source === 'debug_log')).toBe(true);
  });

  it('a log and an export suffice for a session without a transcript', () => {
    const profile = profileOf({ ...all(), transcript: null })!;
    expect(profile).toMatchObject({ session: 'f00d', lines: null, told: ['no_transcript'], turns: 1 });
    expect(parts(profile)).toMatchObject({ hook: 2600, model: 3800, tool: 2500 });
  });
});

describe('from a transcript alone', () => {
  it('time beyond the client’s totals for tools and the model is “not recorded”', () => {
    const profile = profileOf(only({ transcript: all().transcript }))!;
    expect(parts(profile)).toEqual({
      start_up: 500,
      hook: 1100,
      model: 3800,
      tool: 2500,
      unrecorded: 1700,
      shut_down: 400,
    });
    expect(profile.attributed).toBeCloseTo(0.83);
    expect(profile.told).toEqual(['silent_hooks_missing']);
    expect(profile.events[0]).toMatchObject({ event: 'Stop', wait_ms: 600, source: 'stop_summary' });
  });

  it('says if the client has not written its totals', () => {
    const file = fileOf('open.jsonl', transcript.slice(0, -1));
    const profile = profileOf(only({ transcript: readTranscript(file, []) }))!;
    expect(profile.told).toEqual(['silent_hooks_missing', 'no_totals']);
    expect(parts(profile)).toMatchObject({ tool: 4000 });
  });

  it('waiting for a user who types is idle time', () => {
    const typed = [...transcript.slice(0, 6), lines.prompt(at(60), 'thanks'), lines.says(at(62), 'welcome')];
    const file = fileOf(
      'typed.jsonl',
      typed.map((line) => ({ ...line, entrypoint: 'cli' })),
    );
    const profile = profileOf(only({ transcript: readTranscript(file, []) }))!;
    expect(profile.turns).toBe(2);
    expect(parts(profile).idle).toBeCloseTo(60_000 - 9600 + 100, -1);
    expect(profile.working_ms).toBe(profile.wall_ms - parts(profile).idle!);
    expect(profile.parts.find(({ part }) => part === 'idle')!.share).toBeNull();
  });
});

it('records without any moment are not a session', () => {
  expect(profileOf(only({}))).toBeNull();
  expect(profileOf(only({ transcript: readTranscript(fileOf('none.jsonl', ['{}']), []) }))).toBeNull();
});
