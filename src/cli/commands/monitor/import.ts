import { exit, isFailure } from '../../../core/errors.ts';
import { dirtyFiles, head, openRepo } from '../../../git/repo.ts';
import { kept } from '../../../monitor/config/keeps.ts';
import { monitorConfig } from '../../../monitor/config/read.ts';
import type { MonitorEvent } from '../../../monitor/event.ts';
import { monitorHome, monitorPaths } from '../../../monitor/home.ts';
import { importSessions } from '../../../monitor/sources/import.ts';
import type { TestImport } from '../../../monitor/sources/tests/import.ts';
import { openStore } from '../../../monitor/store/open.ts';
import { oldestRaw } from '../../../monitor/store/retention.ts';
import { writerOf } from '../../../monitor/store/write.ts';
import { importText } from '../../../monitor/text/import.ts';
import { define } from '../../command.ts';
import { flag, list, text } from '../../options.ts';
import { ofSpan } from './figures.ts';

export const command = define({
  name: 'monitor import',
  group: 'look',
  summary: 'take in transcripts and debug logs of Claude Code, or reports of tests',
  detail:
    'For sessions that the service did not see, and for the times of single hooks, which telemetry does not tell. Where two sources tell of one thing, the better one counts, so that importing twice changes nothing. Without an option both are read. `--junit` reads reports of tests in their place: JUnit’s XML, the JSON of vitest and jest, and pytest’s `--report-log`.',
  example: 'perf-gate monitor import --since 4w',
  options: {
    ...ofSpan,
    '--transcripts': flag('read the transcripts: hooks that printed something, calls of tools, prompts'),
    '--debug-logs': flag('read debug logs (claude --debug): every hook with its own time'),
    '--junit <files...>': list('read these reports, of a run of tests each'),
    '--commit <hash>': text('the commit that was tested (default: that of the project, if no file differs from it)'),
  },
  silent: true,
  async run({ since, transcripts, debugLogs, junit, commit }, tools) {
    const { config } = monitorConfig(tools.env);
    const now = Date.parse(tools.clock.now());
    const db = await openStore(monitorPaths(monitorHome(tools.env)).database);
    try {
      const writer = writerOf(db, { compress: config.storage.compression });
      const add = (events: readonly MonitorEvent[]) => writer.add(kept(events, config), oldestRaw(now, config.storage));
      const both = !transcripts && !debugLogs;
      const ofSessions = { transcripts: transcripts || both, debug_logs: debugLogs || both };
      const place = { cwd: tools.cwd, env: tools.env };
      const imported =
        junit.length > 0
          ? await ofTests(junit, commit, { folder: tools.cwd, now, db, add })
          : importSessions(ofSessions, { place, db, since: now - since, add });
      if (tools.json) tools.out(JSON.stringify(imported));
      else tools.say(importText(imported));
      return exit.done;
    } finally {
      db.close();
    }
  },
});

async function ofTests(files: string[], commit: string | undefined, about: Omit<TestImport, 'commit'>) {
  const { importTests } = await import('../../../monitor/sources/tests/import.ts');
  return importTests(files, { ...about, commit: commit ?? (await cleanCommit(about.folder)) });
}

/** The commit of a project in which no file differs from it; null: none can be named. */
async function cleanCommit(folder: string): Promise<string | null> {
  try {
    const repo = await openRepo(folder);
    return (await dirtyFiles(repo)).length === 0 ? (await head(repo)).commit : null;
  } catch (error) {
    if (isFailure(error)) return null;
    throw error;
  }
}
