import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { command as hooks } from '../../../src/cli/commands/monitor/hooks.ts';
import { command as importing } from '../../../src/cli/commands/monitor/import.ts';
import type { TimeRow } from '../../../src/monitor/rows.ts';
import { importSessions, sessionFiles } from '../../../src/monitor/sources/import.ts';
import { type Imported, tallyOf } from '../../../src/monitor/sources/tally.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { call, type Options } from '../../helpers/call.ts';
import { folder, put } from '../../helpers/folder.ts';
import { lines, writeTranscript } from '../../sentinel/transcripts/lines-of.ts';
import { drivers, store } from '../store/drivers.ts';

const start = Date.now() - 3_600_000;
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();

/** A home with one transcript of the session f00d, and the commands in it. */
function home() {
  const root = folder();
  const of = { cwd: root, env: { HOME: root, PERF_GATE_MONITOR_HOME: join(root, 'monitor') } };
  const file = writeTranscript(root, { project: root, session: 'f00d' }, [
    lines.prompt(at(0), 'SECRET words'),
    lines.hook(at(1), 'UserPromptSubmit', '/p/tidy/hooks/look.sh --token SECRET', 300),
    lines.call(at(2), 'toolu_1', 'Bash', { command: 'echo SECRET' }),
    lines.hook(at(3), 'PreToolUse:Bash', '/p/tidy/hooks/guard.sh', 900),
    lines.result(at(4), 'toolu_1', 'SECRET result'),
    lines.stopHooks(at(5), { command: `$\{CLAUDE_PLUGIN_ROOT}/hooks/slow.sh Stop`, durationMs: 361 }),
    'no record at all',
  ]);
  const take = async (options: Options = {}) =>
    JSON.parse((await call(importing, of, [], { ...options, json: true })).out) as Imported;
  const rows = async () => (JSON.parse((await call(hooks, of, [], { json: true })).out) as { rows: TimeRow[] }).rows;
  return { root, of, file, take, rows };
}

const brief = (rows: readonly TimeRow[]) => rows.map(({ plugin, name, n, sum_ms }) => [plugin, name, n, sum_ms]).sort();

it('a transcript gives hooks, calls and prompts, once, without private texts', async () => {
  const { take, rows } = home();
  expect(await take()).toEqual({
    ...{ files: 1, added: 5, improved: 0, known: 0, too_old: 0, foreign_lines: 1, unreadable: [] },
  });
  expect(await take()).toMatchObject({ added: 0, known: 5 });
  const found = await rows();
  expect(brief(found)).toEqual([
    ['', 'PreToolUse:Bash guard.sh', 1, 900],
    ['', 'Stop slow.sh', 1, 361],
    ['', 'UserPromptSubmit look.sh', 1, 300],
  ]);
  expect(JSON.stringify(found)).not.toContain('SECRET');
});

it('a debug log gives every hook run with its own time, and replaces the runs of the transcript', async () => {
  const { root, take, rows } = home();
  await take();
  const line = (seconds: number, what: string) => `${at(seconds)} [DEBUG] Hooks: ${what}\n`;
  put(
    root,
    '.claude/debug/f00d.txt',
    [
      line(
        0.9,
        'UserPromptSubmit [/p/tidy/hooks/look.sh --token SECRET] (plugin tidy@market) finished with status 0 (310ms)',
      ),
      line(2.5, 'PreToolUse:Bash [/p/tidy/hooks/guard.sh] (plugin tidy@market) finished with status 0 (20ms)'),
      line(2.9, 'PreToolUse:Bash [/p/tidy/hooks/guard.sh] (plugin tidy@market) finished with status 1 (25ms)'),
      line(5, 'Stop [/p/tidy/hooks/slow.sh Stop] (plugin tidy@market) timed out after 1000ms (1010ms)'),
    ].join(''),
  );
  expect(await take({ debugLogs: true })).toMatchObject({ files: 1, added: 1, improved: 3, known: 0 });
  expect(await take()).toMatchObject({ added: 0, improved: 0 });
  const found = await rows();
  expect(brief(found)).toEqual([
    ['tidy@market', 'PreToolUse:Bash guard.sh', 2, 45],
    ['tidy@market', 'Stop slow.sh', 1, 1010],
    ['tidy@market', 'UserPromptSubmit look.sh', 1, 310],
  ]);
  expect(found.reduce((sum, { failed }) => sum + failed, 0)).toBe(2);
});

it('old transcripts are skipped, and new lines of a growing one are imported', async () => {
  const { file, take } = home();
  await take();
  writeFileSync(file, `${JSON.stringify(lines.prompt(at(60), 'more'))}\n`, { flag: 'a' });
  expect(await take({ transcripts: true })).toMatchObject({ files: 1, added: 1, known: 5 });
});

it.each(drivers)(
  'a store that cannot be written is not reported as an unreadable transcript, with %s',
  async (driver) => {
    const { of } = home();
    const db = await store(driver);
    db.exec("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'it is full'); END");
    const add = (events: Parameters<ReturnType<typeof writerOf>['add']>[0]) =>
      writerOf(db, { compress: true }).add(events, 0);
    const files = sessionFiles({ transcripts: true, debug_logs: true }, of, 0);
    const take = () => importSessions(files, db, tallyOf(add));
    expect(take).toThrow(expect.objectContaining({ code: 'monitor_store_unreadable' }));
  },
);

it('a debug log that was deleted does not stop the import', async () => {
  const { root, take } = home();
  put(root, '.claude/debug/f00d.txt', '');
  symlinkSync(join(root, 'gone'), join(root, '.claude/debug/gone.txt'));
  expect(await take()).toMatchObject({ files: 2, added: 5 });
});

it('a missing file is an error, and no store is created if there is nothing to import', async () => {
  const root = folder();
  const of = { cwd: root, env: { HOME: root, PERF_GATE_MONITOR_HOME: join(root, 'monitor') } };
  put(root, 'some.xml', '<html/>');
  const named = await call(importing, of, [], { junit: ['gone.xml', 'some.xml'] });
  expect([named.code, named.error?.code]).toEqual([2, 'monitor_import_refused']);
  expect(named.error?.message).toMatch(/gone\.xml: the file does not exist\n.*some\.xml: .*not a test report/);
  expect((await call(importing, of, [], { runs: [root] })).error?.code).toBe('monitor_import_refused');
  expect((await call(importing, of, [], { commit: 'c0ffee' })).error?.code).toBe('usage');
  const none = await call(importing, of, [], {});
  expect([none.code, none.said]).toEqual([0, expect.stringContaining('Nothing to import')]);
  expect(existsSync(join(root, 'monitor'))).toBe(false);
});
