import type { Command } from '../shell/script.ts';
import { placesOf, waited } from './commands.ts';
import { sessionEndBudget } from './events.ts';
import { talksToOthers } from './network.ts';
import { rule } from './rule.ts';

export const sessionEndOverBudget = rule<{
  cause: 'takes longer' | 'may take longer' | 'time-out not kept';
  budget_s: number;
  wall_ms: number | null;
  written_s: number | null;
}>({
  id: 'session-end-over-budget',
  severity: 'medium',
  title: 'The hook may be stopped before it has finished',
  remedy: { act: 'do the work in the background, or in a Stop hook', lines: 10, saves: false },
  advice: ({ cause, budget_s, wall_ms, written_s }) =>
    `Claude Code gives all SessionEnd hooks together ${budget_s} seconds. ` +
    {
      'takes longer': `This hook took ${wall_ms} ms: do less, or leave the work to a process in the background.`,
      'may take longer': 'This hook waits for the network or sleeps: leave the wait to a process in the background.',
      'time-out not kept': `The plugin’s own time-out of ${written_s} seconds does not extend this limit.`,
    }[cause],
  detect({ hook, script, measured }) {
    if (hook.event !== 'SessionEnd') return [];
    const { written, effective } = hook.timeout_s;
    const budget = hook.source === 'plugin' ? sessionEndBudget : Math.max(sessionEndBudget, effective);
    const facts = { budget_s: budget, wall_ms: measured?.wall_ms ?? null, written_s: written };
    if ((facts.wall_ms ?? 0) > budget * 1000)
      return [{ lines: [script.declared], facts: { ...facts, cause: 'takes longer' } }];
    const slow = budget > sessionEndBudget ? [] : waited(hook, script).filter(mayTakeLong);
    if (slow.length > 0) return [{ lines: placesOf(slow), facts: { ...facts, cause: 'may take longer' } }];
    if (hook.source !== 'plugin' || written === null || written <= budget) return [];
    return [{ lines: [script.declared], facts: { ...facts, cause: 'time-out not kept' }, severity: 'low' }];
  },
});

const mayTakeLong = (command: Command): boolean =>
  talksToOthers(command) || (command.program === 'sleep' && Number(command.words[0]?.value) >= sessionEndBudget);
