import { resolve } from 'node:path';
import { exit } from '../../../core/errors.ts';
import { kept } from '../../../monitor/config/keeps.ts';
import { monitorConfig } from '../../../monitor/config/read.ts';
import { monitorHome, monitorPaths } from '../../../monitor/home.ts';
import { importSessions } from '../../../monitor/sources/import.ts';
import { importRuns } from '../../../monitor/sources/runs.ts';
import { tallyOf } from '../../../monitor/sources/tally.ts';
import { openStore } from '../../../monitor/store/open.ts';
import { oldestRaw } from '../../../monitor/store/retention.ts';
import { writerOf } from '../../../monitor/store/write.ts';
import { importText } from '../../../monitor/text/import.ts';
import { define } from '../../command.ts';
import { flag, type Option } from '../../options.ts';
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
  summary: 'take in what was written down: transcripts, debug logs, runs of perf-gate',
  detail:
    'For sessions that the service did not see, and for the times of single hooks, which telemetry does not tell. Where two sources tell of one thing, the better one counts, so that importing twice changes nothing. Without an option, transcripts and debug logs are read.',
  example: 'perf-gate monitor import --since 4w',
  options: {
    ...ofSpan,
    '--transcripts': flag('read the transcripts: hooks that printed something, calls of tools, prompts'),
    '--debug-logs': flag('read debug logs (claude --debug): every hook with its own time'),
    '--runs [folder...]': folders('read the runs of perf-gate in these projects (default: this one)'),
  },
  silent: true,
  async run({ since, transcripts, debugLogs, runs }, tools) {
    const { config } = monitorConfig(tools.env);
    const now = Date.parse(tools.clock.now());
    const db = await openStore(monitorPaths(monitorHome(tools.env)).database);
    try {
      const writer = writerOf(db, { compress: config.storage.compression });
      const tally = tallyOf((events) => writer.add(kept(events, config), oldestRaw(now, config.storage)));
      const sessions = !transcripts && !debugLogs && runs === null;
      importSessions(
        { transcripts: transcripts || sessions, debug_logs: debugLogs || sessions },
        { place: { cwd: tools.cwd, env: tools.env }, db, since: now - since },
        tally,
      );
      if (runs)
        importRuns(
          {
            projects: runs.length > 0 ? runs.map((folder) => resolve(tools.cwd, folder)) : [projectOfRuns(tools.cwd)],
            since: now - since,
          },
          tally,
        );
      if (tools.json) tools.out(JSON.stringify(tally.sum));
      else tools.say(importText(tally.sum));
      return exit.done;
    } finally {
      db.close();
    }
  },
});
