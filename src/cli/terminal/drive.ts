import { exit } from '../../core/errors.ts';
import { attemptsOf, waitsForApproval } from '../../record/history.ts';
import { outcomeOf } from '../../record/outcome.ts';
import type { RunView } from '../../record/state.ts';
import { storyOf } from '../../report/story/of-run.ts';
import { folded } from '../../report/terminal/fold.ts';
import { summaryPanel } from '../../report/terminal/summary-panel.ts';
import { DETACHED, inBackground } from '../../run/background.ts';
import { bindSession } from '../../run/binding.ts';
import { advance, type Stop } from '../../run/engine.ts';
import { whileThere } from '../../run/gone.ts';
import type { OpenRun } from '../../run/open-run.ts';
import { exitCodes, runOutcome } from '../../run/outcome.ts';
import { lookOf, type Tools } from './tools.ts';

/** Drives a run until it stops, and prints its state. Returns the exit code. */
export async function drive(opened: OpenRun, tools: Tools): Promise<number> {
  bindSession(opened.run, { adopt: false });
  const work = () => whileThere(opened.run, () => advance(opened));
  const stop = await (tools.env[DETACHED] ? inBackground(opened, work) : work());
  return printStop(opened.run, stop, tools);
}

/** Prints the state of a run, and returns the exit code. */
export async function printStop(run: RunView, stop: Stop, tools: Tools): Promise<number> {
  const outcome = outcomeOf(run.state.ended, attemptsOf(run.state));
  if (tools.json) {
    const waiting =
      stop.kind === 'waiting' ? { waiting: { stage: stop.stage, brief: stop.brief, draft: stop.draft } } : {};
    tools.out(JSON.stringify({ ...runOutcome(run.state, run.paths), ...waiting }));
  } else if (stop.kind === 'waiting')
    tools.out(
      waitsForApproval(run.state)
        ? 'The contract waits for the approval of a person: `perf-gate approve`, then `perf-gate next`.'
        : briefFor(stop, tools),
    );
  else if (stop.kind === 'paused') tools.say('The run is paused. Go on with `perf-gate resume`.');
  else tools.say(await summaryText(run, tools));
  return outcome === null ? exit.done : exitCodes[outcome];
}

/** The summary of a finished run, for a person: the panel, and the paths of the files. */
async function summaryText(run: RunView, tools: Tools): Promise<string> {
  const story = await storyOf(run);
  if (!story) return `The run ${run.state.run} has ended: ${run.state.ended}.`;
  return [
    summaryPanel(story, lookOf(tools)),
    '',
    `  story    ${run.paths.dir}`,
    `  report   ${run.paths.report}`,
    `  page     ${run.paths.html}`,
    `  next     perf-gate finish   makes the branch ready for review`,
  ].join('\n');
}

/**
 * The number of screen lines that stay free for other text: the stage above the brief, the prompt below, and a path that fills two lines.
 */
const AROUND = 4;

/**
 * The text of a brief. A program gets the whole brief, and a person gets as many lines as the screen holds. A longer text would scroll its
 * first lines off the screen.
 */
export function briefFor(
  { brief, draft }: Pick<Extract<Stop, { kind: 'waiting' }>, 'brief' | 'draft'>,
  { interactive, width, height }: Pick<Tools, 'interactive' | 'width' | 'height'>,
): string {
  if (!interactive) return brief.trimEnd();
  const lines = folded(brief.trimEnd(), width).split('\n');
  if (lines.length <= height - 2) return lines.join('\n');
  const below = (hidden: number) =>
    folded(
      [
        `… ${hidden} more lines: \`perf-gate brief --stage\` prints the whole brief.`,
        '',
        `Write into ${draft} what you did, then run \`perf-gate submit\` and \`perf-gate next\`.`,
        'If there is nothing more to try, `perf-gate finish` ends the run.',
      ].join('\n'),
      width,
    ).split('\n');
  const room = Math.max(10, height - AROUND - below(lines.length).length);
  return [...lines.slice(0, room), ...below(lines.length - room)].join('\n');
}
