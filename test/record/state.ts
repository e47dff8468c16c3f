import { parseContract } from '../../src/contract/parse.ts';
import type { RunState, Step } from '../../src/record/state.ts';
import { contractText } from '../helpers/project.ts';

type Change = { goal?: object; limits?: object; lower_is_better?: boolean };

/** What happened in a run: a judged attempt with its gain in per cent, a skipped fix, a list of hotspots, an undone attempt. */
export type Event =
  | { verdict: 'accepted' | 'rejected' | 'inconclusive'; gain?: number | null; hotspot?: string }
  | { skipped: string }
  | { proposed: string[] }
  | { undone: number };

/** The state of a run that began at midnight and in which this happened. */
export function stateOf(events: Event[], { lower_is_better = true, ...change }: Change = {}): RunState {
  const metrics = { primary: { name: 'steps', source: 'wall', lower_is_better } };
  const contract = parseContract(contractText({ ...change, metrics }), 'c.yaml');
  const steps: Step[] = [];
  const done: Record<string, unknown> = {};
  let attempt = 1;
  const step = (stage: string, result: string, data: object, effects: Record<string, unknown> = {}) =>
    steps.push({
      stage,
      result,
      data,
      effects,
      attempt,
      epoch: steps.length + 1,
      to: '',
      at: '',
      artifact: null,
    } as unknown as Step);
  step('scoping', 'approved', { contract, approved_by: 'a person' });
  for (const event of events) {
    if ('proposed' in event) step('hotspots', 'proposed', { hotspots: event.proposed.map((id) => ({ id })) });
    else if ('skipped' in event) step('fix', 'skipped', { hotspot: { id: event.skipped }, base: { tree: 't' } });
    else if ('undone' in event) done[`undo attempt-${event.undone}`] = { commit: 'undone' };
    else {
      const { verdict, gain = 30, hotspot = `place ${attempt}` } = event;
      step('fix', 'done', { hotspot: { id: hotspot }, base: { tree: 't' } });
      const effect = verdict === 'accepted' ? { commit: { commit: `c${attempt}` } } : { revert: {} };
      const record = { attempt, hotspot, verdict, primary: { improvement_pct: gain }, reasons: [], changes: [] };
      step('verdict', verdict, record, effect);
      attempt++;
    }
  }
  return {
    run: 'a-run',
    task: 'make it faster',
    started_at: '2026-01-01T00:00:00.000Z',
    stage: 'hotspots',
    epoch: steps.length + 1,
    paused: false,
    ended: 'completed',
    steps,
    done,
    open_intents: [],
  } as unknown as RunState;
}
