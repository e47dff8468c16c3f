import { changesIn } from './calls.ts';
import { followed, type Kind, kinds } from './kinds.ts';

/**
 * How one execution under strace spent its time, in ms. Each moment is counted for only one process, the busiest at that moment. Tracing
 * slows the hook, so only the shares are meaningful.
 */
export type Breakdown = {
  traced_ms: number;
  kinds: Record<Kind, number>;
  /** The time that each program worked or waited. The longest time comes first. */
  programs: { program: string; ms: number }[];
};

/**
 * The command line that traces the system calls of a program until its main process ends. Processes that the program starts are traced too.
 */
export const watched = (log: string, argv: readonly [string, ...string[]]): [string, ...string[]] => [
  'strace',
  ...['-D', '-f', '-q', '--seccomp-bpf', '-ttt', '-T', '-yy', '-s', '256', '-e', `trace=${followed}`, '-o', log, '--'],
  ...argv,
];

/** Reads the output of strace. Null if the output is empty. */
export function breakdownOf(text: string): Breakdown | null {
  const changes = changesIn(text);
  const main = changes[0]?.thread;
  if (main === undefined) return null;
  const spent: Record<Kind, number> = { computing: 0, processes: 0, files: 0, network: 0, waiting: 0 };
  const programs = new Map<string, number>();
  const now = new Map<number, { state: Kind; program: string }>();
  let before = 0;
  for (const { at, thread, state, program } of changes) {
    const busiest = kinds.flatMap((kind) => [...now.values()].find((one) => one.state === kind) ?? [])[0];
    if (busiest) {
      spent[busiest.state] += at - before;
      programs.set(busiest.program, (programs.get(busiest.program) ?? 0) + at - before);
    }
    before = at;
    if (state === 'gone' && thread === main) break;
    if (state === 'gone') now.delete(thread);
    else now.set(thread, { state, program });
  }
  return {
    traced_ms: before,
    kinds: spent,
    programs: [...programs].map(([program, ms]) => ({ program, ms })).sort((a, b) => b.ms - a.ms),
  };
}
