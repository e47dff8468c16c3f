import { existsSync } from 'node:fs';
import { runPaths } from '../../artifact/paths.ts';
import { exit, failure } from '../../core/errors.ts';
import { define } from '../command.ts';
import { flag, text } from '../options.ts';
import { openInBrowser } from '../terminal/browser.ts';
import { findRun } from '../terminal/find-run.ts';

export const command = define({
  name: 'report',
  group: 'look',
  summary: 'print where the report of a run is, or open it',
  example: 'perf-gate report --open',
  options: {
    '--open': flag('open report.html in the browser'),
    '--run <run>': text('another run than the newest'),
  },
  async run({ open, run: named }, tools) {
    const { project, run } = await findRun(tools.cwd, named);
    const { report, html } = runPaths(project, run);
    if (!existsSync(report)) throw failure('report_missing', { run });
    if (tools.json) tools.out(JSON.stringify({ run, report, html }));
    else tools.out(`${report}\n${html}`);
    if (open) await openInBrowser(html);
    return exit.done;
  },
});
