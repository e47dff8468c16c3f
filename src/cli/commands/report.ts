import { existsSync } from 'node:fs';
import { comparisonPaths, runPaths } from '../../artifact/paths.ts';
import { exit, failure } from '../../core/errors.ts';
import { isSuiteRecord } from '../../record/suite.ts';
import { define } from '../command.ts';
import { flag, text } from '../options.ts';
import { openInBrowser } from '../terminal/browser.ts';
import { findRecord, findRun } from '../terminal/find-run.ts';

export const command = define({
  name: 'report',
  group: 'look',
  summary: 'print the path of the report of a run or a suite, or open it',
  example: 'perf-gate report --open',
  options: {
    '--open': flag('open the page in the browser'),
    '--run <run>': text('a run or a compared suite (default: the active or the newest run)'),
  },
  async run({ open, run: named }, tools) {
    const { of, report, html } = await reportOf(tools.cwd, named);
    if (tools.json) tools.out(JSON.stringify({ ...of, report, html }));
    else tools.out(`${report}\n${html}`);
    if (open) await openInBrowser(html);
    return exit.done;
  },
});

/** The files of a report, as Markdown and as a page. @throws report_missing, and the errors of `findRun` */
async function reportOf(cwd: string, named: string | undefined) {
  const found = await findRecord(cwd, named);
  if ('comparison' in found && isSuiteRecord(found.project, found.comparison)) {
    const { suite, html } = comparisonPaths(found.project, found.comparison);
    return { of: { comparison: found.comparison }, report: suite, html };
  }
  const { project, run } = 'run' in found ? found : await findRun(cwd, named);
  const { report, html } = runPaths(project, run);
  if (!existsSync(report)) throw failure('report_missing', { run });
  return { of: { run }, report, html };
}
