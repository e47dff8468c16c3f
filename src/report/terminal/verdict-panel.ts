import { estimateAlone } from '../facts.ts';
import type { StoryAttempt, StoryContract, StoryWatchdog } from '../story.ts';
import {
  atLeast,
  changeOf,
  interval,
  medians,
  outcomeWords,
  pValue,
  regression,
  runs,
  shortCommit,
  watchdogWords,
} from '../words.ts';
import { columns, type Look, type Piece, shown, type Tone, toned, wrap } from './look.ts';
import { box, improvementBar, innerWidth } from './panel.ts';

/** The verdict on one attempt for a terminal; attempt 0 belongs to no run. Made to be understood in five seconds. No line break at the end. */
export function verdictPanel(attempt: StoryAttempt, contract: StoryContract, look: Look): string {
  const width = innerWidth(look);
  const { word, mark, ascii, tone } = outcomeWords[attempt.verdict];
  const title = [
    toned(`${look.unicode ? mark : ascii} ${word.toUpperCase()}`, tone),
    attempt.attempt > 0 ? ` attempt ${attempt.attempt}` : '',
  ];
  const said = (text: string) => wrap(shown(text, look), width);
  const lines: Piece[][] = [
    ...said(attempt.hotspot).map((l) => [toned(l, 'strong')]),
    [],
    ...figures(attempt, contract, look),
    ...attempt.watchdogs.flatMap((w) => watchdogLines(w, contract, look)),
    ...said(`why: ${attempt.reasons[0] ?? 'no reason was given'}`).map((l) => [l]),
    ...(attempt.commit ? [[toned(`commit ${shortCommit(attempt.commit)}`, 'faint')]] : []),
  ];
  return box(title, tone, lines, look);
}

function figures(attempt: StoryAttempt, contract: StoryContract, look: Look): Piece[][] {
  const effect = attempt.primary;
  const changed = effect && changeOf(effect, contract);
  if (!effect || !changed) return [[toned('not measured', 'faint')], []];
  const width = innerWidth(look);
  const { tone } = outcomeWords[attempt.verdict];
  const moved = medians(effect, contract.primary.unit);
  const ci = interval(effect.ci95_pct);
  const sure = effect.lower_bound_pct === null ? null : atLeast(effect.lower_bound_pct);
  const alone = estimateAlone(contract);
  const said = (text: string) => wrap(shown(text, look), width);
  return [
    ...sideBySide(said(`${contract.primary.name} ${moved ?? ''}`), said(changed), tone, width),
    ...improvementBar(effect, contract.threshold_pct, tone, look, width),
    ...said([ci && `95 % interval ${ci}`, sure].filter(Boolean).join(' · ')).map((l) => [l]),
    ...said(`${pValue(effect)} · ${runs(effect)}`).map((l) => [toned(l, 'faint')]),
    ...(alone ? said(alone).map((l) => [toned(l, 'open')]) : []),
    [],
  ];
}

/** The medians and the change, on one line if there is room. */
function sideBySide(left: string[], right: string[], tone: Tone, width: number): Piece[][] {
  const fits = left.length === 1 && right.length === 1 && columns(`${left[0]}   ${right[0]}`) <= width;
  if (fits) return [[`${left[0]}   `, toned(right[0]!, tone)]];
  return [...left.map((l) => [l]), ...right.map((r) => [toned(r, tone)])];
}

/** The sign has a column of its own, so that a wrapped line does not run under it. */
function watchdogLines(watchdog: StoryWatchdog, contract: StoryContract, look: Look): Piece[][] {
  const { word, mark, ascii, tone } = watchdogWords[watchdog.verdict];
  const text = `${watchdog.name} ${word}: ${regression(watchdog, contract)}, margin ${watchdog.margin_pct} %`;
  const sign = toned(look.unicode ? mark : ascii, tone);
  return wrap(shown(text, look), innerWidth(look) - 2).map((l, i) => [i === 0 ? sign : ' ', ` ${l}`]);
}
