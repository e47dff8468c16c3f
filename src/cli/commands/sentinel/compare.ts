import { resolve } from 'node:path';
import { define } from '../../command.ts';
import { text } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';
import { inCage, ofPlugins, progressing } from './cage-options.ts';
import { comparing, exitOf, rulesOf } from './compare-options.ts';
import { onRegression } from './on-regression.ts';
import { asMarkdown, asPage, reportsOf } from './report-options.ts';

export const command = define({
  name: 'sentinel compare',
  group: 'question',
  summary: 'compare the hooks with a baseline: which became slower, and why',
  detail:
    'Runs the baseline’s hooks and the current ones in turn, in a cage. Hooks with unchanged files are not run. Exit code 1: a hook or an event became slower by the threshold or more; 4: undecided.',
  example: 'perf-gate sentinel compare --baseline v5.4.0',
  options: {
    ...ofPlugins,
    '--baseline <tag>': text('the name of the baseline (default: the newest baseline of these hooks)'),
    ...comparing,
    ...inCage,
    ...asPage,
    ...asMarkdown,
  },
  async run({ plugins, baseline: tag, html, markdown, ...given }, tools) {
    const reports = reportsOf({ html, markdown }, tools);
    const { compareWithBaseline } = await import('../../../sentinel/compare/compare.ts');
    const rules = await rulesOf(given, tools);
    const asked = { plugins, baseline: tag, rules };
    const { comparison, baseline } = await compareWithBaseline(asked, progressing(tools));
    if (reports.markdown)
      reports.markdown((await import('../../../sentinel/compare/markdown.ts')).comparisonMarkdown(comparison));
    const { comparisonText } = await import('../../../sentinel/compare/text.ts');
    if (reports.html) {
      const { comparePage } = await import('../../../sentinel/page/compare-page.ts');
      const about = { place: resolve(tools.cwd, plugins ?? '.'), at: tools.clock.now() };
      reports.html(comparePage(comparison, 'sentinel compare', about));
    }
    if (tools.json) tools.out(JSON.stringify(comparison));
    else if (markdown !== '-') tools.out(comparisonText(comparison, baseline.measurements, lookOf(tools)));
    await onRegression(comparison.verdict, tools);
    return exitOf(comparison.verdict);
  },
});
