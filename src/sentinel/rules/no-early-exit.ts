import { isOfTool } from '../discover/events.ts';
import type { Command } from '../shell/script.ts';
import { isAsync, isProcess, placesOf, waited } from './commands.ts';
import { rule, type Seen } from './rule.ts';

/** A hook is not reported if it starts at most this number of programs for an event that does not concern it: `cat`, `jq` and one more. */
const FEW = 3;

export const noEarlyExit = rule<{ relevant: number | null; irrelevant: number; measured: boolean }>({
  id: 'no-early-exit',
  severity: 'medium',
  title: 'The hook does its work before it checks whether the event concerns it',
  remedy: { act: 'exit early when the event does not concern the hook', lines: 10, saves: true },
  advice: ({ irrelevant, relevant, measured }) =>
    `The hook starts ${irrelevant} programs for an event that does not concern it` +
    (measured ? `, and ${relevant} programs for an event that concerns it. ` : '. ') +
    'Check the event’s text first, with case or [[ … ]], and exit if the event does not concern the hook.',
  detect(seen) {
    const { hook, measured } = seen;
    if (!isOfTool(hook.event) || isAsync(hook)) return [];
    return measured?.execs ? byCounts(seen, measured.execs) : byText(seen);
  },
});

/**
 * Whether the command reacts to some events only: it runs only for these events, and exits, prints, or starts a program that possibly
 * prints.
 */
const isAnswer = (command: Command): boolean =>
  command.guarded && command.told && (isProcess(command) || /^(exit|return|echo|printf)$/.test(command.program ?? ''));

/**
 * Checks a hook that was run. The hook is reported if it starts at least 80 % as many programs for an irrelevant event as for a relevant
 * event.
 */
function byCounts({ hook, script }: Seen, { relevant, irrelevant }: { relevant: number; irrelevant: number }) {
  if (irrelevant <= FEW || irrelevant < 0.8 * relevant) return [];
  const first = early(waited(hook, script));
  const lines = first.length > 0 ? placesOf(first) : [script.declared];
  return [{ lines, facts: { relevant, irrelevant, measured: true } }];
}

/**
 * Checks a hook that was not run. The hook is reported only if its script contains a command that reacts to some events only. Without such
 * a command, the author possibly wants the hook to work on all events.
 */
function byText({ hook, script }: Seen) {
  const first = early(waited(hook, script));
  if (first.length <= FEW || !script.commands.some(isAnswer)) return [];
  return [{ lines: placesOf(first), facts: { relevant: null, irrelevant: first.length, measured: false } }];
}

/**
 * The commands that start a program for every event. Commands that start a shell script are left out, because the commands in the script
 * are listed instead.
 */
const early = (commands: readonly Command[]): Command[] =>
  commands.filter(
    (command) => isProcess(command) && command.target?.language !== 'shell' && !command.conditional && !command.guarded,
  );
