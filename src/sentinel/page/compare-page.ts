import { percentInterval } from '../../core/figures.ts';
import { count, listed, oneLine } from '../../core/text.ts';
import { badge, captioned, factList, type Tile, table, unbroken } from '../../report/html/elements.ts';
import { html, type Markup } from '../../report/markup.ts';
import type { Comparison, Outcome } from '../compare/result.ts';
import { adviceOf, outcomeWords, signed, verdictWords } from '../compare/words.ts';
import { cageWords, milliseconds as ms } from '../words.ts';
import { causes } from './causes.ts';
import { type ChangeRow, changesPlot } from './changes.ts';
import { type Subject, subjectArticle, subjectsOf } from './compared.ts';
import { type About, type Badge, framed, notice } from './frame.ts';
import { breakable } from './names.ts';

const marks: Partial<Record<Outcome, { mark: string; tone: string }>> = {
  held: { mark: '✓', tone: 'good' },
  same: { mark: '✓', tone: 'good' },
  regressed: { mark: '✗', tone: 'bad' },
  flagged: { mark: '!', tone: 'open' },
  undecided: { mark: '?', tone: 'open' },
  unlike: { mark: '?', tone: 'open' },
};

const badgeOf = (outcome: Outcome): Badge => ({
  word: outcomeWords[outcome],
  ...(marks[outcome] ?? { mark: '·', tone: 'soft' }),
});

/** A comparison of hooks as one self-contained HTML page with drawings. */
export function comparePage(comparison: Comparison, command: 'sentinel compare' | 'sentinel ci', about: About): string {
  const subjects = subjectsOf(comparison);
  const { baseline, current, files_gone } = comparison;
  const gone = `The old files of ${listed(files_gone, 5)} are gone: these hooks were compared with the times that the baseline stored.`;
  return framed(
    {
      command,
      title: 'Did the hooks of Claude Code become slower?',
      verdict: badgeOf(comparison.verdict),
      lead: `Baseline ${oneLine(baseline.name)}, current ${oneLine(current.name)}. ${verdictWords(comparison)}`,
      tiles: tilesOf(comparison, subjects),
    },
    about,
    [
      notice([...adviceOf(comparison), ...(files_gone.length > 0 ? [gone] : [])].map(oneLine)),
      overview(comparison, subjects),
      causes(comparison, about.place),
      subjects.length === 0
        ? html``
        : html`<section><h2>Before and after</h2>${subjects.map((one, i) => subjectArticle(one, { badge: badge(badgeOf(one.outcome)), threshold_pct: comparison.threshold_pct, id: `subject-${i}` }))}</section>`,
      method(comparison),
    ],
  );
}

function tilesOf({ hook_count, hook_lines }: Comparison, subjects: readonly Subject[]): Tile[] {
  const by = ({ baseline, current }: { baseline: number; current: number }) =>
    current === baseline ? `${current}` : `${baseline} → ${current}`;
  return [
    ...subjects.flatMap(({ kind, name, changes: [told] }) =>
      kind === 'event' && told
        ? [{ label: name, value: `${ms(told.baseline)} → ${ms(told.current)}`, under: changeWords(told) }]
        : [],
    ),
    { label: 'Hooks', value: by(hook_count), under: [`lines of scripts: ${by(hook_lines)}`] },
  ];
}

const changeWords = ({ change_pct, metric }: Subject['changes'][number]): string[] =>
  change_pct === null ? [] : [`${signed(change_pct)} %${metric === 'cpu' ? ' CPU time' : ''}`];

/** All compared hooks and events: as a drawing that shows the threshold, and as a table of numbers. */
function overview({ threshold_pct }: Comparison, subjects: readonly Subject[]): Markup {
  if (subjects.length === 0) return html``;
  const measured = subjects.filter(({ changes: [told] }) => told && told.change_pct !== null);
  const rows = measured.map(({ label, outcome, changes: [told] }): ChangeRow => {
    const { mark } = badgeOf(outcome);
    return {
      label: { name: `${mark} ${label.name}`, of: label.of },
      kind: kinds[outcome] ?? 'inconclusive',
      change: told!.change_pct!,
      interval: told!.ci95_pct,
    };
  });
  const plot = changesPlot(rows, threshold_pct, {
    id: 'changes',
    title: 'The change of each hook and event',
    description: measured.map(({ name, changes: [told] }) => `${name}: ${signed(told!.change_pct!)} %`).join('; '),
  });
  const figures = subjects.map((one, i) => [
    html`<a href="#subject-${i}">${breakable(one.name)}</a>`,
    one.changes[0] ? ms(one.changes[0].baseline) : '–',
    one.changes[0] ? ms(one.changes[0].current) : '–',
    one.changes[0]?.change_pct == null ? '–' : `${signed(one.changes[0].change_pct)} %`,
    one.changes[0] ? percentInterval(one.changes[0].ci95_pct) : '–',
    badge(badgeOf(one.outcome)),
  ]);
  const head = ['What', 'Baseline', 'Current', 'Change', '95 % interval', 'Outcome'];
  return html`<section><h2>Every change</h2>
${plot && captioned('Against the threshold', 'Estimate and 95 % interval; ✓ held, ! flagged, ✗ regressed, ? undecided.', plot)}
${table('Every change', 'lrrrrl', head, figures)}</section>`;
}

const kinds: Partial<Record<Outcome, ChangeRow['kind']>> = {
  held: 'accepted',
  same: 'accepted',
  regressed: 'rejected',
};

function method({ runs: [first, second], threshold_pct, seed, cage }: Comparison): Markup {
  const facts = [
    { label: 'Where', value: cage === null ? 'Nothing changed, so no hook was run.' : cageWords(cage) },
    {
      label: 'How often',
      value: `${count(first, 'pair')} in turn${second > 0 ? `; ${count(second, 'pair')} in a second session, for all changes that the first session did not decide` : ''}`,
    },
    { label: 'Threshold', value: `${threshold_pct} %; changes of half this threshold or more are flagged` },
    {
      label: 'Errors',
      value:
        'All comparisons are one family of tests: the chance that any hook or event is wrongly called slower is at most 5 %',
    },
    { label: 'Seed', value: oneLine(seed) },
  ];
  return html`<section><h2>How it was measured</h2>${factList(facts.map(({ label, value }) => ({ label, value: unbroken(value) })))}</section>`;
}
