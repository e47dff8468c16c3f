import { exit } from '../../../core/errors.ts';
import { liveDemo, type Step } from '../../../monitor/demo/live.ts';
import type { Tools } from '../../terminal/tools.ts';

/** Simulates a month with the demo's own clock, and prints each step as it happens. */
export async function showLive(folder: string, tools: Tools): Promise<number> {
  const found = await liveDemo(folder, { ...tools, notify: () => {} }, (step) => {
    if (!tools.json) tools.out(line(step));
  });
  if (tools.json) tools.out(JSON.stringify(found));
  else tools.out(endOf(found.steps));
  return exit.done;
}

const line = ({ day, text }: Step) => `Day ${String(day).padStart(2)}  ${text}`;

function endOf(steps: readonly Step[]): string {
  const has = (what: Step['what']) => steps.some((step) => step.what === what);
  if (has('proved'))
    return '\nThe hook that got more work was proved slower, and an alert fired. The busy machine was not mistaken for a slower hook.';
  return has('no_cage')
    ? '\nNo hook was proved slower: the proof needs the sentinel’s cage, which needs user namespaces or Landlock.'
    : '\nNo hook was proved slower: the measurements were inconclusive. Try again on a quieter machine.';
}
