import type { Span } from './span.ts';
import type { Stretch } from './timeline.ts';

/** From a prompt until the client has done everything that it asked for; ms since 1970. */
export type Turn = { from: number; to: number };

/** The turns of prompts. A turn's work ends before the next prompt; `signs`: moments at which the client was working. */
export function turnsOf(prompts: readonly number[], spans: readonly Span[], signs: readonly number[]): Turn[] {
  const ends = [...spans.filter((span) => !ofNoTurn.has(span.hook?.event ?? '')).map(({ to }) => to), ...signs];
  return prompts.map((from, i) => {
    const next = prompts[i + 1] ?? Number.POSITIVE_INFINITY;
    const to = ends.reduce((latest, end) => (end > latest && end < next ? end : latest), from);
    return { from, to };
  });
}

/** Events that also occur outside of turns. */
const ofNoTurn = new Set(['SessionStart', 'SessionEnd', 'Notification', 'ConfigChange', 'FileChanged', 'CwdChanged']);

/**
 * The parts outside of turns. With a user, the client starts up until it has loaded its plugins and run the SessionStart hooks, and is
 * idle before and after each turn. Without a user, it starts up until the first prompt, and shuts down after the last turn.
 */
export function betweenTurns(
  turns: readonly Turn[],
  { from, to }: { from: number; to: number },
  { started, interactive }: { started: number; interactive: boolean },
): Stretch[] {
  const [first, last] = [turns[0]?.from ?? to, turns.at(-1)?.to ?? to];
  const begun = interactive ? Math.min(first, Math.max(from, started)) : first;
  return [
    { part: 'start_up', from, to: begun },
    { part: 'idle', from: begun, to: first },
    ...turns.slice(1).map((turn, i): Stretch => ({ part: 'idle', from: turns[i]!.to, to: turn.from })),
    { part: interactive ? 'idle' : 'shut_down', from: last, to },
  ];
}
