import type { Clock } from '../../core/clock.ts';
import { askedBy } from '../../experiment/asked-by.ts';
import { stageFacts } from '../../record/stages.ts';
import type { RunEvent, RunWorld } from '../../record/state.ts';
import { copyingText } from '../../report/copying.ts';
import { storyAttempt, storyContract } from '../../report/story/of-verdict.ts';
import { folded } from '../../report/terminal/fold.ts';
import type { Look } from '../../report/terminal/look.ts';
import { progressLine } from '../../report/terminal/progress.ts';
import { attemptPanel } from '../../report/terminal/verdict-panel.ts';
import { medianSoFar, secondsLeft } from '../../run/background.ts';
import { medianInterval } from '../../stats/median-interval.ts';

type Progress = Extract<RunEvent, { kind: 'progress' }>;
type Copying = Extract<RunEvent, { kind: 'copying' }>;
type Verdict = Extract<RunEvent, { kind: 'verdict' }>;
type Listener = { notify: RunWorld['notify']; clear(): void };
type Terminal = { look: Look; live: boolean; clock: Clock; write(text: string): void };

/**
 * The minimum time between two drawings of the status line, in ms. The first drawing also waits this time after the start of the
 * measurement. Drawing costs processor time, which would disturb the next execution.
 */
const REDRAW_MS = 1000;

/**
 * Prints a run's events. In a terminal, it draws one status line, at most once a second and only between executions. To a file or a pipe it
 * prints one line at each quarter of a session. `clear` removes the status line, and must be called before other text is printed.
 */
export function listener({ look, live, clock, write }: Terminal): Listener {
  let drawn = false;
  let drawnAt = -Infinity;
  let quarter = 0;
  let copying = false;
  const clear = () => {
    if (drawn) write('\r\x1b[2K');
    drawn = false;
  };
  const line = (text: string) => {
    clear();
    write(`${text}\n`);
  };
  const shown = (p: Progress) => progressLine(progressOf(p, clock.ms()), look);

  function progress(p: Progress): void {
    if (live) {
      if (p.done === p.total) clear();
      else if (clock.ms() - Math.max(drawnAt, p.started_ms) >= REDRAW_MS) {
        drawnAt = clock.ms();
        write(`\r\x1b[2K${shown(p)}`);
        drawn = true;
      }
      return;
    }
    const now = Math.floor((4 * p.done) / p.total);
    if (p.done === 1 || now > quarter) write(`  ${shown(p)}\n`);
    quarter = p.done === p.total ? 0 : now;
  }

  function copied({ done, total }: Copying): void {
    if (live) write(`\r\x1b[2K${done === total ? '' : `  ${copyingText(total, done)}`}`);
    else if (!copying) write(`  ${copyingText(total)}\n`);
    copying = done < total;
    drawn = live && copying;
  }

  const notify: Listener['notify'] = (event) => {
    switch (event.kind) {
      case 'copying':
        return copied(event);
      case 'progress':
        return progress(event);
      case 'stage':
        quarter = 0;
        return line(`▸ ${event.stage}${stageFacts(event.stage).ofAttempt ? ` (attempt ${event.attempt})` : ''}`);
      case 'note':
        return line(live ? folded(`  ${event.text}`, look.width) : `  ${event.text}`);
      case 'verdict':
        return line(verdictText(event, look));
    }
  };
  return { notify, clear };
}

function verdictText({ attempt, contract, test }: Verdict, look: Look): string {
  return attemptPanel(storyAttempt(attempt, askedBy(contract)), storyContract(contract, test), look);
}

function progressOf(p: Progress, nowMs: number): Parameters<typeof progressLine>[0] {
  return {
    label: p.label,
    done: p.done,
    next: p.next,
    total: p.total,
    medians: { base: medianSoFar(p.values.base), candidate: medianSoFar(p.values.candidate) },
    ci: p.values.base.length > 0 ? null : medianInterval(p.values.candidate),
    unit: p.unit,
    decided: p.decided,
    etaSeconds: secondsLeft({ done: p.done, next: p.next, startedMs: p.started_ms, nowMs }),
  };
}
