import type { JudgedPair, ToldWarning } from '../../../compare/judging/pair.ts';
import { count, cutStart, listed } from '../../../core/text.ts';
import type { Answer, Verdict } from '../../../experiment/judged.ts';
import { answerOf } from '../../../report/answer.ts';
import { changeOf, intervalInWords, moved } from '../../../report/estimate.ts';
import { storyVerdict, termsOf } from '../../../report/story/of-verdict.ts';
import { columns, type Look, paint, shown, type Tone, toned } from '../../../report/terminal/look.ts';
import { outcomeWords } from '../../../report/words.ts';
import type { Line, Lines } from './pairing.ts';

/** The verdict on all benchmarks together, which is the worst single verdict. A benchmark that cannot be judged counts as inconclusive. */
export function verdictOfAll(lines: readonly Line[]): Verdict {
  const verdicts = lines.map(({ judged }) => ('problem' in judged ? 'inconclusive' : judged.verdict));
  return (['rejected', 'inconclusive'] as const).find((worst) => verdicts.includes(worst)) ?? 'accepted';
}

/** All benchmarks in a table for a terminal, with warnings. */
export function tableText({ lines, only }: Lines, alpha: number, look: Look): string {
  const rows = lines.map(rowOf);
  const widths = [1, 2, 3].map((i) => Math.max(...rows.map(({ cells }) => columns(cells[i] ?? ''))));
  const others = widths.reduce((sum, width) => sum + width + 2, 0);
  const longest = Math.max(...rows.map(({ cells }) => columns(cells[0]!)));
  const first = Math.min(longest, Math.max(24, look.width - others - 20));
  const line = ({ mark, tone, word, cells }: Row) => {
    const padded = [cutStart(cells[0]!, first), ...cells.slice(1)].map((cell, i) =>
      pad(shown(cell, look), [first, ...widths][i]!),
    );
    return paint(
      [toned(look.unicode ? mark.unicode : mark.ascii, tone), ` ${padded.join('  ')}  `, toned(word, tone)],
      look,
    ).trimEnd();
  };
  const notes = notesOf({ lines, only }, alpha).map((note) => `! ${shown(note, look)}`);
  return [rows.map(line).join('\n'), notes.join('\n')].filter(Boolean).join('\n\n');
}

type Row = { mark: { unicode: string; ascii: string }; tone: Tone; word: string; cells: string[] };

function rowOf({ base, candidate, judged }: Line): Row {
  const name = base === candidate ? base : `${base} → ${candidate}`;
  if ('problem' in judged)
    return { mark: { unicode: '–', ascii: '-' }, tone: 'open', word: 'not judged', cells: [name, '', '', ''] };
  const [told, terms] = [storyVerdict(judged, judged.asked), termsOf(judged.asked)];
  const effect = told.primary;
  const { word, mark, ascii, tone } = outcomeWords[told.word];
  const cells = effect ? [moved(effect, terms), changeOf(effect, terms), intervalInWords(effect, terms)] : [];
  return { mark: { unicode: mark, ascii }, tone, word, cells: [name, ...cells.map((cell) => cell ?? '')] };
}

const pad = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - columns(text)));

/** At most this many notes on single benchmarks are printed. `--json` holds all notes. */
const mostNotes = 10;

function notesOf({ lines, only }: Lines, alpha: number): string[] {
  const own = lines.flatMap(({ base, judged }) => {
    if ('problem' in judged) return [`${base}: ${judged.problem.message}`];
    return judged.told.filter(({ code }) => !ofAll.has(code)).map(({ text }) => `${base}: ${text}`);
  });
  const more = own.length - mostNotes;
  return [
    ...own.slice(0, mostNotes),
    ...(more > 0 ? [`${count(more, 'further note')}: see --json`] : []),
    ...(['base', 'candidate'] as const).flatMap((arm) =>
      only[arm].length > 0 ? [`only in the ${arm}: ${listed(only[arm])}`] : [],
    ),
    ...warningsOfAll(lines, alpha).map(({ text }) => text),
  ];
}

/** Codes of warnings that do not depend on the benchmark, so each is printed only once. */
const ofAll = new Set<string>(['not_in_turn'] satisfies ToldWarning['code'][]);

type WarningOfAll = ToldWarning | { code: 'several'; benchmarks: number; alpha: number; text: string };

/** Warnings about all verdicts together. */
export function warningsOfAll(lines: readonly Line[], alpha: number): WarningOfAll[] {
  const told = lines.flatMap(({ judged }) => ('problem' in judged ? [] : judged.told));
  const common = [...ofAll].flatMap((code) => told.find((w) => w.code === code) ?? []);
  const judged = lines.filter((line) => !('problem' in line.judged)).length;
  if (judged < 2) return common;
  const text = `${judged} benchmarks were judged, each with a false-positive rate of ${alpha}: the more benchmarks, the likelier one of them looks better (or worse) by chance`;
  return [...common, { code: 'several', benchmarks: judged, alpha, text }];
}

/**
 * The verdict on all benchmarks, as an answer to the user's question. If the question is “is it no worse?”, the verdict `accepted` becomes
 * the answer `held`.
 */
export function answerOfAll(lines: readonly Line[]): Verdict | Answer {
  const verdict = verdictOfAll(lines);
  const judged = lines.flatMap((line): JudgedPair[] => ('problem' in line.judged ? [] : [line.judged]));
  const worst = judged.find((one) => one.verdict === verdict) ?? judged[0]!;
  return answerOf({ verdict, reasons: worst.reasons }, worst.asked);
}
