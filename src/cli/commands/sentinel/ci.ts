import { resolve } from 'node:path';
import { define } from '../../command.ts';
import { text } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';
import { inCage, progressing } from './cage-options.ts';
import { comparing, exitOf, rulesOf } from './compare-options.ts';
import { onRegression } from './on-regression.ts';
import { asMarkdown, asPage, reportsOf } from './report-options.ts';

export const command = define({
  name: 'sentinel ci',
  group: 'question',
  arguments: '<base> <head>',
  completes: 'commits',
  summary: 'compare the plugins’ hooks of two commits, for a pull request',
  detail:
    'Runs the hooks of both commits in turn, in a cage, on the work tree, which stays unchanged. `main...HEAD` as the base means the merge base of the two. The exit codes are those of `sentinel compare`.',
  example: 'perf-gate sentinel ci main...HEAD HEAD --plugins plugins --markdown summary.md',
  options: {
    '--plugins <dir>': text(
      'the folder in the repository that is a plugin or a marketplace, or that holds plugins (default: this folder)',
    ),
    ...comparing,
    ...inCage,
    ...asPage,
    ...asMarkdown,
  },
  async run({ base, head, plugins = '.', html, markdown, ...given }, tools) {
    const reports = reportsOf({ html, markdown }, tools);
    const { compareCommits } = await import('../../../sentinel/compare/commits.ts');
    const rules = await rulesOf(given, tools);
    const comparison = await compareCommits({ base, head, plugins, rules }, progressing(tools));
    if (reports.markdown)
      reports.markdown((await import('../../../sentinel/compare/markdown.ts')).comparisonMarkdown(comparison));
    const { comparisonText } = await import('../../../sentinel/compare/text.ts');
    if (reports.html) {
      const { comparePage } = await import('../../../sentinel/page/compare-page.ts');
      const about = { place: resolve(tools.cwd, plugins), at: tools.clock.now() };
      reports.html(comparePage(comparison, 'sentinel ci', about));
    }
    if (tools.json) tools.out(JSON.stringify(comparison));
    else if (markdown !== '-') tools.out(comparisonText(comparison, null, lookOf(tools)));
    await onRegression(comparison.verdict, tools);
    return exitOf(comparison.verdict);
  },
});
