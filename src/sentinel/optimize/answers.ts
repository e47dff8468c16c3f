import { asset } from '../../core/locate.ts';
import type { World } from '../../core/world.ts';
import { withMeasurementLock } from '../../experiment/measurement-lock.ts';
import { placeOf } from '../dry-run/cage.ts';
import { dryRun } from '../dry-run/dry-run.ts';
import type { Run } from '../dry-run/execution.ts';
import { readInputs } from '../dry-run/inputs.ts';
import { usualOptions } from '../dry-run/options.ts';
import { didItsWork } from '../dry-run/outcome.ts';
import type { CommandHook } from '../dry-run/runnable.ts';
import { readScenario, stepsFor } from '../dry-run/scenarios.ts';
import type { Answer } from './repro.ts';

/**
 * The longest answer of a hook (its output and exit code) that a contract may contain, in characters. Longer answers would make the
 * contract hard to read.
 */
const LONGEST = 300;

/** How often the hook is run on each event: twice, because a hook that stores state can print another text the second time. */
const ROUNDS = 2;

/**
 * The output and exit code of a hook for events on which the hook is not measured. The events come from `sentinel/answers.json`, and the
 * hook's matcher must accept them. An event is left out if the hook's output varies, is too long, or contains a path outside of the
 * project. The list is empty if no cage is possible on this machine. The project is `world.cwd`.
 * @throws hook_input_invalid, room_lost, instrument_broken, interrupted
 */
export async function answersOf(hook: CommandHook, world: World): Promise<Answer[]> {
  const scenario = readScenario(asset('sentinel/answers.json'), world.cwd);
  const steps = stepsFor(hook, scenario, readInputs());
  if (steps.length === 0) return [];
  const options = { ...usualOptions, runs: ROUNDS, warm_ups: 0, sets: false, strace: false, scenario };
  const [tried] = (
    await withMeasurementLock(world, `answers of ${hook.id}`, () =>
      dryRun([hook], { ...options, seed: `answers ${hook.id}` }, world),
    )
  ).hooks;
  if (tried?.state !== 'run' || tried.runs.length < steps.length * ROUNDS) return [];
  const place = placeOf(world.cwd, world.env);
  const texts = tried.runs.map((run) => answerOf(run, place));
  return steps.flatMap((input, i) => {
    const text = texts[i];
    return text != null && text === texts[i + steps.length] ? [{ input, text }] : [];
  });
}

/** The output and exit code in the form in which the contract's check prints them. Null if the check could not reproduce this text. */
function answerOf(run: Run, { project, home }: { project: string; home: string }): string | null {
  const { stdout, stderr, exit_code, outcome } = run;
  if (!didItsWork(outcome) || (stdout !== '' && stderr !== '')) return null;
  const text = `${stdout}${stderr}exit code ${exit_code}`.replaceAll(project, 'PROJECT');
  return text.length > LONGEST || text.includes(home) || text.includes('/tmp') ? null : text;
}
