import { percentInterval, signedPercent } from '../core/figures.ts';
import { cut } from '../core/text.ts';
import { quantity } from '../core/units.ts';
import type { PullResult, PullSuite } from '../record/pull-request.ts';
import { bullets, code, paragraphs, table } from './markdown/syntax.ts';
import { rowOf, sorted, suiteCounts, suiteHead } from './suite.ts';
import { shortCommit } from './words.ts';

/** The invisible first line, which identifies the comment. */
export const commentMark = '<!-- perf-gate -->';

/** The maximum number of rows in a comment, because GitHub allows 65,536 characters a comment. */
const MOST_ROWS = 60;

/**
 * The comment on a pull request. The result can come from a fork, so every text from the result is put into a code span, where it cannot
 * become HTML, a link, a picture or a mention.
 */
export function pullComment(result: PullResult): string {
  const { base, head } = result;
  return `${paragraphs([
    commentMark,
    `### perf-gate: ${pullTitle(result)}`,
    `${code(shortCommit(base)!)} → ${code(shortCommit(head)!)}`,
    'benchmarks' in result ? suiteBody(result) : singleBody(result),
  ])}\n`;
}

/**
 * The title of a check: a verdict, or the number of benchmarks with each verdict. It contains no free text from the result, which can come
 * from a fork.
 */
export const pullTitle = (result: PullResult): string =>
  'benchmarks' in result ? suiteCounts(result) : result.verdict;

function suiteBody({ benchmarks, added, removed }: PullSuite): string {
  const rows = sorted(benchmarks).slice(0, MOST_ROWS);
  const more = benchmarks.length - rows.length;
  return paragraphs([
    rows.length > 0 &&
      table(
        'lrrrrrl',
        suiteHead,
        rows.map((one) => rowOf(one).map(shown)),
      ),
    more > 0 && `${more} more are in the output of the job.`,
    onlyOne('New in the head, and not judged', added),
    onlyOne('Missing in the head, and not judged', removed),
  ]);
}

const onlyOne = (what: string, names: readonly string[]) =>
  names.length > 0 &&
  `${what}: ${names.slice(0, 10).map(shown).join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}`;

function singleBody({ primary, reasons, warnings = [] }: Exclude<PullResult, PullSuite>): string {
  const figure = (value: number | null, unit: string) => (value === null ? '–' : quantity(value, unit));
  const row = primary && [
    primary.name,
    figure(primary.baseline, primary.unit),
    figure(primary.candidate, primary.unit),
    primary.improvement_pct === null ? '–' : signedPercent(primary.improvement_pct),
    primary.ci95_pct === null ? '–' : percentInterval(primary.ci95_pct),
  ];
  return paragraphs([
    row && table('lrrrr', ['metric', 'base', 'head', 'better by', '95 % interval'], [row.map(shown)]),
    bullets(
      [
        ...reasons.slice(0, 10).map((reason) => code(cut(reason, 500))),
        ...warnings.map((warning) => `**Warning:** ${code(cut(warning, 500))}`),
      ],
      '',
    ),
  ]);
}

const shown = (value: string): string => code(cut(value, 120));
