import { exit } from '../../core/errors.ts';
import { hasContract } from '../../record/history.ts';
import { outcomeOf } from '../../record/outcome.ts';
import type { RunState } from '../../record/state.ts';
import { DETACHED, inBackground } from '../../run/background.ts';
import { bindSession } from '../../run/binding.ts';
import { advance, type Stop } from '../../run/engine.ts';
import type { Session } from '../../run/open-run.ts';
import { exitCodes, runOutcome } from '../../run/outcome.ts';
import type { Tools } from '../command.ts';
import { summaryText } from './summary.ts';

/** Drives a run as far as it goes by itself, and tells where it stopped. Returns the exit code. */
export async function drive(session: Session, tools: Tools): Promise<number> {
  bindSession(session.run, { adopt: false });
  const work = () => advance(session);
  const stop = await (tools.env[DETACHED] ? inBackground(session, work) : work());
  return tellStop(session, stop, tools);
}

/** Tells where a run stands, and returns the exit code. */
export async function tellStop({ run }: Session, stop: Stop, tools: Tools): Promise<number> {
  const outcome = outcomeOf(run.state);
  if (tools.json) {
    const waiting =
      stop.kind === 'waiting' ? { waiting: { stage: stop.stage, brief: stop.brief, draft: stop.draft } } : {};
    tools.out(JSON.stringify({ ...runOutcome(run.state, run.paths), ...waiting }));
  } else if (stop.kind === 'waiting')
    tools.out(
      waitsForApproval(run.state)
        ? 'The contract waits for a person: `perf-gate approve`, then `perf-gate next`.'
        : stop.brief.trimEnd(),
    );
  else if (stop.kind === 'paused') tools.say('The run is paused. Go on with `perf-gate resume`.');
  else tools.say(await summaryText(run, tools));
  return outcome === null ? exit.done : exitCodes[outcome];
}

/** A contract that was not tried yet; one that the baseline sent back needs its brief. */
const waitsForApproval = (state: RunState) =>
  state.stage === 'scoping' && hasContract(state) && state.steps.at(-1)?.stage === 'scoping';
