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

/** A person reads the contract: longer answers are left out, in characters. */
const LONGEST = 300;

/** Each event so often: a hook that keeps something answers otherwise the second time. */
const ROUNDS = 2;

/**
 * What a hook answers to other events than the one that it is measured on, those of `sentinel/answers.json` that its matcher lets through. Left out are
 * answers that vary, that are long, or that name places other than the project. None where the machine allows no cage. `cwd` of the world is the project.
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

/** As the check of a contract prints it; null for what it could not tell again. */
function answerOf(run: Run, { project, home }: { project: string; home: string }): string | null {
  const { stdout, stderr, exit_code, outcome } = run;
  if (!didItsWork(outcome) || (stdout !== '' && stderr !== '')) return null;
  const text = `${stdout}${stderr}exit code ${exit_code}`.replaceAll(project, 'PROJECT');
  return text.length > LONGEST || text.includes(home) || text.includes('/tmp') ? null : text;
}
