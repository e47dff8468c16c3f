import { resolve } from 'node:path';
import { exit, failure, isFailure } from '../../../core/errors.ts';
import { kept } from '../../../monitor/config/keeps.ts';
import { monitorConfig } from '../../../monitor/config/read.ts';
import { monitorHome, monitorPaths } from '../../../monitor/home.ts';
import { importSessions, sessionFiles } from '../../../monitor/sources/import.ts';
import { importRuns, runsIn } from '../../../monitor/sources/runs.ts';
import { type Imported, nothingImported, tallyOf } from '../../../monitor/sources/tally.ts';
import { importTests, readReports } from '../../../monitor/sources/tests/import.ts';
import { openStore } from '../../../monitor/store/open.ts';
import { oldestRaw } from '../../../monitor/store/retention.ts';
import { writerOf } from '../../../monitor/store/write.ts';
import { importText } from '../../../monitor/text/import.ts';
import { define } from '../../command.ts';
import { flag, list, type Option, text } from '../../options.ts';
import { projectOfRuns } from '../../project.ts';
import type { Tools } from '../../terminal/tools.ts';
import { ofSpan } from './figures.ts';

/** An option with any number of folders. Null if the option was not given. */
const folders = (description: string): Option<string[] | null> => ({
  description,
  read: (raw) => (Array.isArray(raw) ? raw : typeof raw === 'string' ? [raw] : raw === true ? [] : null),
});

export const command = define({
  name: 'monitor import',
  group: 'look',
  summary: 'import files: transcripts, debug logs, runs of perf-gate, test reports',
  detail:
    'Use it for sessions that the service did not see, and for the times of single hooks, which telemetry lacks. If two sources report the same event, only the more exact report is kept. Importing the same file again changes nothing. Without an option, transcripts and debug logs are read. `--junit` reads JUnit’s XML, the JSON of vitest and jest, and pytest’s `--report-log`.',
  example: 'perf-gate monitor import --since 4w',
  options: {
    ...ofSpan,
    '--transcripts': flag('read transcripts: hooks that printed something, tool calls, prompts'),
    '--debug-logs': flag('read debug logs (claude --debug): the time of every hook'),
    '--runs [folder...]': folders('read the runs of perf-gate in these projects (default: this one)'),
    '--junit <files...>': list('read these test reports; each report is one test run'),
    '--commit <hash>': text('the tested commit (default: the project’s HEAD, if its work tree is clean)'),
  },
  silent: true,
  parse({ commit, junit, ...given }) {
    if (commit !== undefined && junit.length === 0)
      throw failure('usage', {
        problem: '--commit was given without --junit.',
        hint: '--commit names the commit that the reports tested: perf-gate monitor import --junit FILE --commit HASH.',
      });
    return { commit, junit, ...given };
  },
  async run({ since: back, transcripts, debugLogs, runs, junit, commit }, tools) {
    const { config } = monitorConfig(tools.env);
    const now = Date.parse(tools.clock.now());
    const since = now - back;
    const isAll = !transcripts && !debugLogs && runs === null && junit.length === 0;
    // find all files before the store is opened, because opening would create the store even if a name is wrong
    const reports = readReports(junit, tools.cwd);
    const gate = runs === null ? [] : runsIn(projectsOf(runs, tools.cwd));
    const sessions = sessionFiles(
      { transcripts: transcripts || isAll, debug_logs: debugLogs || isAll },
      { cwd: tools.cwd, env: tools.env },
      since,
    );
    if (reports.length + gate.length + sessions.transcripts.length + sessions.debug_logs.length === 0)
      return tell(nothingImported(), tools);
    const tested = junit.length === 0 ? null : (commit ?? (await cleanCommit(tools.cwd)));
    const db = await openStore(monitorPaths(monitorHome(tools.env)).database);
    try {
      const writer = writerOf(db, { compress: config.storage.compression });
      const tally = tallyOf((events) => writer.add(kept(events, config), oldestRaw(now, config.storage)));
      importSessions(sessions, db, tally);
      importRuns(gate, since, tally);
      importTests(reports, { folder: tools.cwd, commit: tested, now, db }, tally);
      return tell(tally.sum, tools);
    } finally {
      db.close();
    }
  },
});

const projectsOf = (named: readonly string[], cwd: string): string[] =>
  named.length > 0 ? named.map((folder) => resolve(cwd, folder)) : [projectOfRuns(cwd)];

function tell(imported: Imported, tools: Tools): number {
  if (tools.json) tools.out(JSON.stringify(imported));
  else tools.say(importText(imported));
  return exit.done;
}

/** The commit of HEAD. Null if the work tree has uncommitted changes, or if the folder is in no repository. */
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
