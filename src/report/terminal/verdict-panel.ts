import { changeOf, intervalInWords, moved } from '../estimate.ts';
import { estimateAlone } from '../facts.ts';
import { otherMedians } from '../other-wall.ts';
import { pOf } from '../p-value.ts';
import type { StoryAttempt, StoryVerdict, StoryWatchdog, Terms } from '../story/story.ts';
import { outcomeWords, regression, runs, shortCommit, watchdogWords } from '../words.ts';
import { columns, type Look, type Piece, shown, type Tone, toned, wrap } from './look.ts';
import { box, improvementBar, innerWidth } from './panel.ts';

/** The subject of a verdict: the names of both arms, or an attempt's hotspot, number and commit. */
export type Subject = { title: string; attempt?: number; commit?: string | null };

/** The verdict on an attempt of a run, for a terminal. */
export function attemptPanel(attempt: StoryAttempt, terms: Terms, look: Look): string {
  return verdictPanel(
    attempt,
    { title: attempt.hotspot, attempt: attempt.attempt, commit: attempt.commit },
    terms,
    look,
  );
}

/** A verdict for a terminal, which a reader should understand in five seconds. The text does not end with a line break. */
export function verdictPanel(judged: StoryVerdict, about: Subject, terms: Terms, look: Look): string {
  const width = innerWidth(look);
  const { word, mark, ascii, tone } = outcomeWords[judged.word];
  const title = [
    toned(`${look.unicode ? mark : ascii} ${word.toUpperCase()}`, tone),
    about.attempt === undefined ? '' : ` attempt ${about.attempt}`,
  ];
  const said = (text: string) => wrap(shown(text, look), width);
  const lines: Piece[][] = [
    ...said(about.title).map((l) => [toned(l, 'strong')]),
    [],
    ...figures(judged, terms, look),
    ...judged.watchdogs.flatMap((w) => watchdogLines(w, terms, look)),
    ...said(`why: ${judged.reasons[0] ?? 'no reason was given'}`).map((l) => [l]),
    ...judged.caveats.flatMap((t) => said(`look at this: ${t}`).map((l) => [toned(l, 'open')])),
    ...(about.commit ? [[toned(`commit ${shortCommit(about.commit)}`, 'faint')]] : []),
  ];
  return box(title, tone, lines, look);
}

function figures(judged: StoryVerdict, terms: Terms, look: Look): Piece[][] {
  const effect = judged.primary;
  const changed = effect && changeOf(effect, terms);
  if (!effect || !changed) return [[toned('not measured', 'faint')], []];
  const width = innerWidth(look);
  const { tone } = outcomeWords[judged.word];
  const ci = intervalInWords(effect, terms);
  const alone = estimateAlone(terms);
  const raw = otherMedians(judged.confirmation ?? judged.screen, terms.primary.unit);
  const said = (text: string) => wrap(shown(text, look), width);
  return [
    ...sideBySide(said(`${terms.primary.name} ${moved(effect, terms) ?? ''}`), said(changed), tone, width),
    ...improvementBar(effect, terms.threshold_pct, tone, look, width),
    ...(ci ? said(`95 % interval ${ci}`).map((l) => [l]) : []),
    ...said(`${pOf(effect, terms)} · ${runs(effect)}`).map((l) => [toned(l, 'faint')]),
    ...(raw ? said(raw).map((l) => [toned(l, 'faint')]) : []),
    ...(alone ? said(alone).map((l) => [toned(l, 'open')]) : []),
    [],
  ];
}

/** The metric's values and the change, on one line if both fit. */
function sideBySide(left: string[], right: string[], tone: Tone, width: number): Piece[][] {
  const fits = left.length === 1 && right.length === 1 && columns(`${left[0]}   ${right[0]}`) <= width;
  if (fits) return [[`${left[0]}   `, toned(right[0]!, tone)]];
  return [...left.map((l) => [l]), ...right.map((r) => [toned(r, tone)])];
}

/** The lines about one watchdog. The sign of the verdict has its own column, so that wrapped lines are indented to the text. */
function watchdogLines(watchdog: StoryWatchdog, terms: Terms, look: Look): Piece[][] {
  const { word, mark, ascii, tone } = watchdogWords[watchdog.verdict];
  const text = `${watchdog.name} ${word}: ${regression(watchdog, terms)}, margin ${watchdog.margin_pct} %`;
  const sign = toned(look.unicode ? mark : ascii, tone);
  return wrap(shown(text, look), innerWidth(look) - 2).map((l, i) => [i === 0 ? sign : ' ', ` ${l}`]);
}
