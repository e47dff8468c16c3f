import { resolve } from 'node:path';
import { define } from '../../command.ts';
import { text } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';
import { inCage, ofPlugins } from './cage-options.ts';
import { comparing, exitOf } from './compare-options.ts';
import { asPage, reportsOf } from './report-options.ts';

export const command = define({
  name: 'sentinel compare',
  group: 'question',
  summary: 'compare the hooks with a baseline: what became slower, and why',
  detail:
    'Runs the baseline’s hooks and those of now in turn, in a cage. Hooks whose files are the same are not run. Exit code 1: a hook or an event became slower by the threshold or more; 4: undecided.',
  example: 'perf-gate sentinel compare --baseline v5.4.0',
  options: {
    ...ofPlugins,
    '--baseline <tag>': text('which baseline (default: the newest of these hooks)'),
    ...comparing,
    ...inCage,
    ...asPage,
  },
  async run({ plugins, baseline: tag, threshold, runs, network, state, html }, tools) {
    const reports = reportsOf({ html }, tools);
    const { compareWithBaseline } = await import('../../../sentinel/compare/compare.ts');
    const { comparisonText } = await import('../../../sentinel/compare/text.ts');
    const rules = { threshold_pct: threshold, runs, dry: { network, state } };
    const { comparison, baseline } = await compareWithBaseline({ plugins, baseline: tag, rules }, tools);
    if (reports.html) {
      const { comparePage } = await import('../../../sentinel/page/compare-page.ts');
      const about = { place: resolve(tools.cwd, plugins ?? '.'), at: tools.clock.now() };
      reports.html(comparePage(comparison, 'sentinel compare', about));
    }
    if (tools.json) tools.out(JSON.stringify(comparison));
    else tools.out(comparisonText(comparison, baseline.measurements, lookOf(tools)));
    return exitOf(comparison.verdict);
  },
});
