import { count, cut, listed } from '../../core/text.ts';
import { columns, type Look, type Piece, paint, shown, type Tone, toned, wrap } from '../../report/terminal/look.ts';
import type { Statistics } from '../baseline/schema.ts';
import { waitWords } from '../baseline/text.ts';
import { type Wait, waits } from '../baseline/waits.ts';
import { milliseconds as ms } from '../words.ts';
import type { ComparedEvent, ComparedHook, Comparison, Outcome } from './result.ts';
import { adviceOf, amount, causeFacts, eventName, outcomeWords, percentWords, signed, verdictWords } from './words.ts';

/** The user's waits for hooks, as stored in the baseline. A wait is null if its time is unknown. */
export type Then = Readonly<Record<Wait, Statistics | null>> | null;

const tones: Partial<Record<Outcome, Tone>> = {
  held: 'good',
  flagged: 'open',
  undecided: 'open',
  unlike: 'open',
  regressed: 'bad',
};

/** A comparison as text: each wait before and after, each hook that changed, the causes, and advice. */
export function comparisonText(comparison: Comparison, then: Then, look: Look): string {
  const { baseline, current, hooks, verdict } = comparison;
  const parts: string[][] = [
    [
      paint(
        [
          toned(
            shown(`Baseline ${baseline.name}${dayOf(baseline.timestamp)}, current ${current.name}`, look),
            'strong',
          ),
        ],
        look,
      ),
    ],
    [...table(comparison, then, look), ...counts(comparison)],
    hookLines(hooks, look),
    wrap(shown(verdictWords(comparison), look), look.width).map((line) =>
      paint([toned(line, tones[verdict] ?? 'strong')], look),
    ),
    whyLines(comparison, look),
    adviceOf(comparison).flatMap((line) => wrap(shown(line, look), look.width)),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

const dayOf = (timestamp: string | null) => (timestamp === null ? '' : ` (${timestamp.slice(0, 10)})`);

const NAME = 18;
const FIGURE = 10;

/** One table row for each wait. The baseline's time is shown for a wait whose hooks did not change. */
function table({ events }: Comparison, then: Then, look: Look): string[] {
  const rows = waits.flatMap((wait) => {
    const event = events.find((one) => one.wait === wait);
    if (event) return [eventRow(waitWords[wait], event, look)];
    const known = then?.[wait];
    return known ? [row(waitWords[wait], [ms(known.p50), '=', '', ''], 'same', look)] : [];
  });
  const others = events.filter(({ wait }) => wait === null).map((event) => eventRow(eventName(event), event, look));
  const head = paint(
    [toned(`${''.padEnd(NAME)}${cells(['baseline', 'current', 'change', ''])}`.trimEnd(), 'faint')],
    look,
  );
  return rows.length + others.length > 0 ? [head, ...rows, ...others] : [];
}

const cells = (words: readonly string[]) => words.map((word) => word.padStart(FIGURE)).join('');

function eventRow(name: string, { outcome, changes }: ComparedEvent, look: Look): string {
  return row(name, figuresOf(changes), outcome, look);
}

/** The times and the change of one metric: the metric that regressed. If no metric regressed, the first metric. CPU time is named. */
function figuresOf(changes: ComparedHook['changes']): string[] {
  const [told] = changes;
  if (!told) return ['', '', '', ''];
  const { baseline, current } = told;
  return [ms(baseline), ms(current), amount(current - baseline), percentWords(told)];
}

function row(name: string, figures: readonly string[], outcome: Outcome, look: Look): string {
  const start = shown(cut(name, NAME - 1), look);
  const line: Piece[] = [
    `${start}${' '.repeat(Math.max(0, NAME - columns(start)))}${cells(figures.map((figure) => shown(figure, look)))}  `,
    tones[outcome] ? toned(outcomeWords[outcome], tones[outcome]) : outcomeWords[outcome],
  ];
  return paint(line, look);
}

const counts = ({ hook_count, hook_lines }: Comparison): string[] =>
  [['Hook count', hook_count] as const, ['Lines of scripts', hook_lines] as const].map(
    ([name, { baseline, current }]) =>
      `${name.padEnd(NAME)}${cells([String(baseline), String(current), current === baseline ? '' : signed(current - baseline)])}`.trimEnd(),
  );

/** The hooks that both arms have and that changed. */
function hookLines(hooks: readonly ComparedHook[], look: Look): string[] {
  const compared = hooks.filter(({ changes, unlike }) => changes.length > 0 || unlike);
  if (compared.length === 0) return [];
  return [
    paint([toned('Hooks that changed', 'strong')], look),
    ...compared.flatMap((hook) => {
      const { outcome, changes, unlike, in_turn } = hook;
      const [from = '', to = '', by = '', percent = ''] = figuresOf(changes);
      const figures = unlike
        ? `${unlike.baseline} before, ${unlike.current} now`
        : `${from} → ${to}, ${by} (${percent})`;
      return [
        `  ${shown(hook.id, look)}`,
        paint(
          [
            `      ${shown(figures, look)}${in_turn ? '' : shown(', measured at different times', look)}  `,
            toned(outcomeWords[outcome], tones[outcome] ?? 'strong'),
          ],
          look,
        ),
      ];
    }),
  ];
}

/** A line of a diff, indented. */
function diffLine(line: string, look: Look): string {
  const [, mark = '', indentation = '', rest = ''] = /^([-+ ]?)(\s*)(.*)$/s.exec(line) ?? [];
  return `${mark}${' '.repeat(indentation.replaceAll('\t', '  ').length)}${shown(rest, look)}`;
}

/** The number of lines of a diff in the text; the JSON has more. */
const SHOWN = 12;
const marks = { new: '+', removed: '-', changed: '~' } as const;

function whyLines({ causes, files_gone }: Comparison, look: Look): string[] {
  const gone =
    files_gone.length > 0
      ? wrap(
          shown(
            `The old files of ${listed(files_gone, 5)} are gone: these hooks were compared with the times that the baseline stored.`,
            look,
          ),
          look.width,
        )
      : [];
  if (causes.length === 0) return gone;
  const lines = causes.flatMap((cause) => [
    ...wrap(shown(`${marks[cause.kind]} ${cause.id}`, look), look.width - 2).map((line) => `  ${line}`),
    ...causeFacts(cause).flatMap((fact) => wrap(shown(fact, look), look.width - 6).map((line) => `      ${line}`)),
    ...cause.diffs.flatMap(({ file, lines: diff }) =>
      diff && diff.length > 0
        ? [
            paint([toned(`      ${cut(shown(file, look), look.width - 8)}`, 'faint')], look),
            ...diff
              .slice(0, SHOWN)
              .map((line) => paint([toned(`      ${cut(diffLine(line, look), look.width - 8)}`, 'faint')], look)),
            ...(diff.length > SHOWN ? [`      … ${count(diff.length - SHOWN, 'more line')}`] : []),
          ]
        : [],
    ),
  ]);
  return [paint([toned('What changed', 'strong')], look), ...lines, ...gone];
}
