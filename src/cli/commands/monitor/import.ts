import { resolve } from 'node:path';
import { exit, isFailure } from '../../../core/errors.ts';
import { kept } from '../../../monitor/config/keeps.ts';
import { monitorConfig } from '../../../monitor/config/read.ts';
import { monitorHome, monitorPaths } from '../../../monitor/home.ts';
import { importSessions } from '../../../monitor/sources/import.ts';
import { importRuns } from '../../../monitor/sources/runs.ts';
import { type Tally, tallyOf } from '../../../monitor/sources/tally.ts';
import type { TestImport } from '../../../monitor/sources/tests/import.ts';
import { openStore } from '../../../monitor/store/open.ts';
import { oldestRaw } from '../../../monitor/store/retention.ts';
import { writerOf } from '../../../monitor/store/write.ts';
import { importText } from '../../../monitor/text/import.ts';
import { define } from '../../command.ts';
import { flag, list, type Option, text } from '../../options.ts';
import { projectOfRuns } from '../../project.ts';
import { ofSpan } from './figures.ts';

/** Null where the option was not given. */
const folders = (description: string): Option<string[] | null> => ({
  description,
  read: (raw) => (Array.isArray(raw) ? raw : typeof raw === 'string' ? [raw] : raw === true ? [] : null),
});

export const command = define({
  name: 'monitor import',
  group: 'look',
  summary: 'take in what was written down: transcripts, debug logs, runs of perf-gate, reports of tests',
  detail:
    'For sessions that the service did not see, and for the times of single hooks, which telemetry does not tell. Where two sources tell of one thing, the better one counts, so that importing twice changes nothing. Without an option, transcripts and debug logs are read. `--junit` reads JUnit’s XML, the JSON of vitest and jest, and pytest’s `--report-log`.',
  example: 'perf-gate monitor import --since 4w',
  options: {
    ...ofSpan,
    '--transcripts': flag('read the transcripts: hooks that printed something, calls of tools, prompts'),
    '--debug-logs': flag('read debug logs (claude --debug): every hook with its own time'),
    '--runs [folder...]': folders('read the runs of perf-gate in these projects (default: this one)'),
    '--junit <files...>': list('read these reports, of a run of tests each'),
    '--commit <hash>': text('the commit that was tested (default: that of the project, if no file differs from it)'),
  },
  silent: true,
  async run({ since, transcripts, debugLogs, runs, junit, commit }, tools) {
    const { config } = monitorConfig(tools.env);
    const now = Date.parse(tools.clock.now());
    const db = await openStore(monitorPaths(monitorHome(tools.env)).database);
    try {
      const writer = writerOf(db, { compress: config.storage.compression });
      const tally = tallyOf((events) => writer.add(kept(events, config), oldestRaw(now, config.storage)));
      const sessions = !transcripts && !debugLogs && runs === null && junit.length === 0;
      importSessions(
        { transcripts: transcripts || sessions, debug_logs: debugLogs || sessions },
        { place: { cwd: tools.cwd, env: tools.env }, db, since: now - since },
        tally,
      );
      if (runs) {
        const projects =
          runs.length > 0 ? runs.map((folder) => resolve(tools.cwd, folder)) : [projectOfRuns(tools.cwd)];
        importRuns({ projects, since: now - since }, tally);
      }
      if (junit.length > 0) await importReports(junit, commit, { folder: tools.cwd, now, db }, tally);
      if (tools.json) tools.out(JSON.stringify(tally.sum));
      else tools.say(importText(tally.sum));
      return exit.done;
    } finally {
      db.close();
    }
  },
});

async function importReports(
  files: string[],
  commit: string | undefined,
  about: Omit<TestImport, 'commit'>,
  tally: Tally,
): Promise<void> {
  const { importTests } = await import('../../../monitor/sources/tests/import.ts');
  importTests(files, { ...about, commit: commit ?? (await cleanCommit(about.folder)) }, tally);
}

/** The commit of a project in which no file differs from it; null: none can be named. */
async function cleanCommit(folder: string): Promise<string | null> {
  const { dirtyFiles, head, openRepo } = await import('../../../git/repo.ts');
  try {
    const repo = await openRepo(folder);
    return (await dirtyFiles(repo)).length === 0 ? (await head(repo)).commit : null;
  } catch (error) {
    if (isFailure(error)) return null;
    throw error;
  }
}
