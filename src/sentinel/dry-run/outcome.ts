import { cut, oneLine } from '../../core/text.ts';

/** How an execution of a hook ended. */
export const outcomes = [
  'ok',
  /** `blocked`: exit code 2, with which the hook forbids Claude Code's action. */
  'blocked',
  /** `failed`: the hook ended by a signal, or with an exit code other than 0 and 2. */
  'failed',
  /** `broken`: the hook could not do its work, because its program or interpreter does not exist or is not executable. */
  'broken',
  /** `timed_out`: the hook reached its own time limit, at which Claude Code would stop the hook too. */
  'timed_out',
  /** `cut_off`: the hook reached perf-gate's time limit, which is shorter than the hook's own time limit. */
  'cut_off',
  /**
   * `waiting`: perf-gate stopped the hook, because the hook only waited for a network that the cage does not have, for a user, or for a
   * time.
   */
  'waiting',
  /** `lost`: a process in the cage ended the process that measures the hook. */
  'lost',
] as const;
export type Outcome = (typeof outcomes)[number];

/** Whether a hook did its work: the hook allowed or forbade Claude Code's action. */
export const didItsWork = (outcome: Outcome): boolean => outcome === 'ok' || outcome === 'blocked';

/**
 * Whether a hook with this outcome did not end in time. A hook that did not end in time is not run again, because the next execution
 * would take as long and end in the same way.
 */
export const isEndless = (outcome: Outcome): boolean =>
  outcome === 'timed_out' || outcome === 'cut_off' || outcome === 'waiting';

/** The facts about an execution that has ended. */
export type Ended = {
  exit_code: number | null;
  ended: 'by_client' | 'by_us' | 'waiting' | null;
  not_started: string | null;
  lost: boolean;
  stderr: string;
};

export function outcomeOf({ exit_code, ended, not_started, lost, stderr }: Ended): Outcome {
  if (lost) return 'lost';
  if (ended !== null) return byEnd[ended];
  if (not_started !== null || exit_code === 126 || exit_code === 127) return 'broken';
  if (exit_code === 0) return 'ok';
  if (exit_code !== null && noProgram.some((pattern) => pattern.test(stderr))) return 'broken';
  return exit_code === 2 ? 'blocked' : 'failed';
}

const byEnd = { by_client: 'timed_out', by_us: 'cut_off', waiting: 'waiting' } as const;

/** Messages of interpreters that cannot find their script, or a module that the script needs. */
const noProgram = [
  /can't open file '.*': \[Errno 2\]/, // python
  /Cannot find module '.*'|Cannot find package '.*'|ERR_MODULE_NOT_FOUND/, // node
  /ModuleNotFoundError: No module named/,
  /^(?:\/bin\/)?(?:sh|bash|dash|zsh): \d*:? ?(?:cannot open|can't open) .*|: No such file or directory$(?![\s\S]+\S)/m, // shells
];

/** The line of stderr in which a program reports that it needs a terminal. Null if no such line exists. */
export function terminalAsked(stderr: string): string | null {
  const line = stderr.split('\n').find((text) => noTerminal.test(text));
  return line === undefined ? null : cut(oneLine(line), 120);
}

const noTerminal =
  /\/dev\/tty: (No such device|Device not configured|cannot open)|\/dev\/tty:.*(No such device|cannot create)|Inappropriate ioctl for device|a terminal is required|no tty present|not a tty|TERM environment variable not set|must be run in a terminal/i;

/**
 * Programs that a hook called, but that do not exist. Their names come from the messages of shells. A hook that lacks these programs
 * possibly did nothing.
 */
export function missingPrograms(stderr: string): string[] {
  const found = stderr.matchAll(
    /(?:line )?\d+: (\S+): (?:command )?not found$|^env: [‘'"]?([^’'":]+)[’'"]?: No such file or directory$|command not found: (\S+)$/gm,
  );
  return [...new Set([...found].map(([, first, second, third]) => first ?? second ?? third ?? ''))].filter(Boolean);
}
