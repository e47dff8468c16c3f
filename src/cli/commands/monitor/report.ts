import { exit, failure } from '../../../core/errors.ts';
import { DAY, dayName } from '../../../core/time.ts';
import { define } from '../../command.ts';
import { flag, text } from '../../options.ts';
import { readStored } from './stored.ts';

const day = /^\d{4}-\d\d-\d\d$/;

export const command = define({
  name: 'monitor report',
  group: 'look',
  arguments: '<period>',
  completes: ['daily', 'weekly'],
  summary: 'print the report of a day or a week',
  detail:
    '`daily` or `weekly`. The report shows what became slower (proved or suspected), the sessions, the waits in Claude’s turns, and how many minutes per day each hook and plugin took. It is Markdown, or one self-contained HTML file.',
  example: 'perf-gate monitor report weekly --html > week.html',
  options: {
    '--to <day>': text('the last day, such as 2026-11-29 (default: yesterday, UTC)'),
    '--html': flag('HTML instead of Markdown'),
  },
  silent: true,
  parse({ period, to, html }) {
    if (period !== 'daily' && period !== 'weekly')
      throw failure('usage', { problem: `There is no report “${period}”.`, hint: 'Use daily or weekly.' });
    if (to !== undefined && !(day.test(to) && Number.isFinite(Date.parse(to))))
      throw failure('usage', { problem: `--to is “${to}”.`, hint: 'Give a day: --to 2026-11-29.' });
    return { period: period as 'daily' | 'weekly', to, html };
  },
  async run({ period, to, html }, tools) {
    const { monitorConfig } = await import('../../../monitor/config/read.ts');
    const { periodReport } = await import('../../../monitor/report/from-store.ts');
    return readStored(tools, async (db) => {
      const yesterday = dayName(Date.parse(tools.clock.now()) - DAY);
      const report = periodReport(db, period, to ?? yesterday, monitorConfig(tools.env).config);
      if (tools.json) tools.out(JSON.stringify(report));
      else if (html) tools.out((await import('../../../monitor/report/html.ts')).periodHtml(report));
      else tools.out((await import('../../../monitor/report/markdown.ts')).periodMarkdown(report));
      return exit.done;
    });
  },
});
