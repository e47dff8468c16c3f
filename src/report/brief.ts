import { signedPercent } from '../core/figures.ts';
import { cut, oneLine } from '../core/text.ts';
import { askedBy } from '../experiment/asked-by.ts';
import { attemptNumber, contractOf, hasContract } from '../record/history.ts';
import { productOfGains } from '../record/limits.ts';
import { protectedOf } from '../record/protected.ts';
import { stageFacts } from '../record/stages.ts';
import type { RunState } from '../record/state.ts';
import { thresholdText } from './asked.ts';
import { triedLines } from './trials.ts';

/** Instructions for an agent that drives a run. The text is the same for every run. */
export const protocol = `This performance task is driven by perf-gate. You have the ideas and make the edits. Only the engine measures, judges, commits proved changes and reverts the others.

- \`perf-gate next\` executes the engine's stages, then prints the brief of your stage and the path of a draft.
- Measuring takes long: \`perf-gate next --detach\`, then repeat \`perf-gate wait\` as long as it ends with exit code 75.
- Do what the brief says, write the answer into the draft, and submit it with \`perf-gate submit\`. Then \`perf-gate next\`.
- A rejection is a result: the next brief lists every idea that was tried. Do not commit, do not edit protected files, and do not measure by hand.
- Only a person approves a contract (\`perf-gate approve\`), never you.`;

/** The longest brief of a run, in characters. A hook adds a few words before the brief and stays below 2,000 characters. */
export const LONGEST = 1900;

/** The state of a run for the agent that continues it: stage, contract, trials, and the next command. */
export function runBrief(state: RunState, next: string): string {
  const head = [
    `Run ${state.run}: ${short(state.task, 200)}`,
    `It stands at ${state.ended ?? state.stage}${state.paused ? ', paused' : ''}${attemptText(state)}.`,
    ...contractLines(state),
  ];
  const gained = productOfGains(state);
  const tail = [...(gained === null ? [] : [`Gained so far: ${signedPercent(gained)}.`]), `Next: ${next}`];
  const tried = triedLines(state).map((line) => `- ${short(line, 200)}`);
  return fitting(head, tried, tail);
}

const attemptText = (state: RunState) => (stageFacts(state.stage).ofAttempt ? `, attempt ${attemptNumber(state)}` : '');

function contractLines(state: RunState): string[] {
  if (!hasContract(state)) return ['There is no contract yet.'];
  const contract = contractOf(state);
  const { correctness, same_output } = contract.guards;
  const untouched = protectedOf(state).filter((pattern) => !pattern.startsWith('!'));
  const holds = [
    ...(correctness ? [`\`${short(correctness, 150)}\` passes`] : []),
    ...(same_output ? ['the output stays the same'] : []),
    ...(untouched.length > 0 ? [`untouched: ${short(untouched.join(', '), 250)}`] : []),
  ];
  return [
    `Asked for: ${thresholdText(askedBy(contract))}, measured by \`${short(contract.repro.script, 150)}\`.`,
    ...(holds.length > 0 ? [`What must hold: ${holds.join('; ')}.`] : []),
  ];
}

/** Keeps as many of the newest lines of `tried` as the limit allows, and states the number of the older lines. */
function fitting(head: string[], tried: string[], tail: string[]): string {
  for (let left = tried.length; ; left--) {
    const older = tried.length - left;
    const lines = [...(older > 0 ? [`- ${older} more before`] : []), ...tried.slice(older)];
    const text = [...head, ...(lines.length > 0 ? ['Tried:', ...lines] : []), ...tail].join('\n');
    if (text.length <= LONGEST || left === 0) return text;
  }
}

const short = (text: string, length: number) => cut(oneLine(text), length);
