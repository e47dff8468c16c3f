import type { Span } from './span.ts';
import type { Stretch } from './timeline.ts';

/** A turn: the time from a prompt until Claude Code has done everything that the prompt asked for, in ms since 1970. */
export type Turn = { from: number; to: number };

/** The turns of prompts. The work of a turn ends before the next prompt. `signs`: times at which Claude Code was working. */
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
 * The stretches of a session outside of turns. In an interactive session, the start-up lasts until Claude Code has loaded its plugins and
 * has run the SessionStart hooks. Later stretches are idle time. In other sessions, the start-up lasts until the first prompt, and the
 * shutdown follows the last turn.
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
