import { exit } from '../../../core/errors.ts';
import { kept } from '../../../monitor/config/keeps.ts';
import { monitorConfig } from '../../../monitor/config/read.ts';
import { monitorHome, monitorPaths } from '../../../monitor/home.ts';
import { importSessions } from '../../../monitor/sources/import.ts';
import { openStore } from '../../../monitor/store/open.ts';
import { oldestRaw } from '../../../monitor/store/retention.ts';
import { writerOf } from '../../../monitor/store/write.ts';
import { importText } from '../../../monitor/text/import.ts';
import { define } from '../../command.ts';
import { flag } from '../../options.ts';
import { ofSpan } from './figures.ts';

export const command = define({
  name: 'monitor import',
  group: 'look',
  summary: 'take in what Claude Code has written down: transcripts, and debug logs',
  detail:
    'For sessions that the service did not see, and for the times of single hooks, which telemetry does not tell. Where two sources tell of one thing, the better one counts, so that importing twice changes nothing. Without an option both are read.',
  example: 'perf-gate monitor import --since 4w',
  options: {
    ...ofSpan,
    '--transcripts': flag('read the transcripts: hooks that printed something, calls of tools, prompts'),
    '--debug-logs': flag('read debug logs (claude --debug): every hook with its own time'),
  },
  silent: true,
  async run({ since, transcripts, debugLogs }, tools) {
    const { config } = monitorConfig(tools.env);
    const now = Date.parse(tools.clock.now());
    const db = await openStore(monitorPaths(monitorHome(tools.env)).database);
    try {
      const writer = writerOf(db, { compress: config.storage.compression });
      const both = !transcripts && !debugLogs;
      const imported = importSessions(
        { transcripts: transcripts || both, debug_logs: debugLogs || both },
        {
          place: { cwd: tools.cwd, env: tools.env },
          db,
          since: now - since,
          add: (events) => writer.add(kept(events, config), oldestRaw(now, config.storage)),
        },
      );
      if (tools.json) tools.out(JSON.stringify(imported));
      else tools.say(importText(imported));
      return exit.done;
    } finally {
      db.close();
    }
  },
});
