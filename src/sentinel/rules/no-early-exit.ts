import { isOfTool } from '../discover/events.ts';
import type { Command } from '../shell/script.ts';
import { isAsync, isProcess, placesOf, waited } from './commands.ts';
import { rule, type Seen } from './rule.ts';

/** Programs that a hook may start before it knows whether the event is its business: `cat`, `jq` and one more. */
const FEW = 3;

export const noEarlyExit = rule<{ relevant: number | null; irrelevant: number; measured: boolean }>({
  id: 'no-early-exit',
  severity: 'medium',
  title: 'The hook does its work before it asks whether there is any',
  remedy: { act: 'leave early when the event is none of its business', lines: 10, saves: true },
  advice: ({ irrelevant, relevant, measured }) =>
    `It starts ${irrelevant} programs for an event that is none of its business` +
    (measured ? `, and ${relevant} for one that is. ` : '. ') +
    'Look first, with case or [[ … ]] on the event’s text, and leave.',
  detect(seen) {
    const { hook, measured } = seen;
    if (!isOfTool(hook.event) || isAsync(hook)) return [];
    return measured?.execs ? byCounts(seen, measured.execs) : byText(seen);
  },
});

/** What a hook does for some events only: it leaves, it says something, it starts something that may. */
const isAnswer = (command: Command): boolean =>
  command.guarded && command.told && (isProcess(command) || /^(exit|return|echo|printf)$/.test(command.program ?? ''));

/** As many starts for what is not its business as for what is, or nearly. */
function byCounts({ hook, script }: Seen, { relevant, irrelevant }: { relevant: number; irrelevant: number }) {
  if (irrelevant <= FEW || irrelevant < 0.8 * relevant) return [];
  const first = early(waited(hook, script));
  const lines = first.length > 0 ? placesOf(first) : [script.declared];
  return [{ lines, facts: { relevant, irrelevant, measured: true } }];
}

/** A hook that asks the event nothing may well be for all of them. */
function byText({ hook, script }: Seen) {
  const first = early(waited(hook, script));
  if (first.length <= FEW || !script.commands.some(isAnswer)) return [];
  return [{ lines: placesOf(first), facts: { relevant: null, irrelevant: first.length, measured: false } }];
}

/** What surely runs, whatever the event says. The hook's own script is counted as what it runs. */
const early = (commands: readonly Command[]): Command[] =>
  commands.filter(
    (command) => isProcess(command) && command.target?.language !== 'shell' && !command.conditional && !command.guarded,
  );
