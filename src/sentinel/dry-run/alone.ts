import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { removeFile } from '../../core/fs.ts';
import type { World } from '../../core/world.ts';
import { type Breakdown, breakdownOf, watched } from '../breakdown/breakdown.ts';
import type { Cage } from './cage.ts';
import type { Cages } from './cages.ts';
import type { Chosen } from './choose-input.ts';
import { type Asked, execute, type Ground, type Run } from './execution.ts';
import { textOf } from './fill.ts';
import type { Input } from './inputs.ts';
import type { Load } from './options.ts';
import { isEndless } from './outcome.ts';
import type { CommandHook } from './runnable.ts';
import { readTrace, type Trace, traced } from './trace.ts';

/**
 * The parameters of a dry run that are the same for all its hooks. `file`: the file whose path is filled into inputs, relative to the
 * project.
 */
export type Tools = Omit<Ground, 'cage'> & { cages: Cages; world: World; file: string; hasStrace: boolean };

/** The cost of one execution on a lengthened input. `bytes`: the length of the field that was lengthened. */
export type Payload = { bytes: number; wall_ms: number; cpu_ms: number; outcome: Run['outcome'] };

/** Events that occur once in a session. A hook of such an event gets a new session for each execution. */
const once = new Set(['Setup', 'SessionStart', 'SessionEnd']);

/** The number of the session to which an execution belongs. */
export const sessionNumber = (event: string, execution: number): number => (once.has(event) ? execution : 0);

/** The measurements of one hook that runs alone, in its own cage. */
export function alone(hook: CommandHook, { usual, steps, irrelevant }: Chosen, tools: Tools) {
  let executions = 0;
  const { cages, file, ...ground } = tools;

  /** Runs the hook once on an input, in the hook's cage. */
  const run = (input: Input, more: Omit<Asked, 'hook' | 'session' | 'stdin'> = {}, bytes?: number) =>
    cages.inside(hook.id, (cage) => executeIn(cage, input, { ...more, bytes, number: next() }));

  const next = () => sessionNumber(hook.event, executions++);

  /** `number`: the number of the session. */
  async function executeIn(
    cage: Cage,
    input: Input,
    { bytes, number, ...more }: Partial<Asked> & { bytes: number | undefined; number: number },
  ): Promise<Run> {
    const session = cage.session(number);
    const stdin = textOf(input, session, { ...cage.place, file: join(cage.place.project, file) }, bytes);
    const { run } = await execute({ hook, session, stdin, ...more }, { ...ground, cage });
    return { input: input.name, ...run };
  }

  /** The output of strace for one execution. Undefined if strace is not used. */
  async function straced(input: Input, line: typeof traced): Promise<string | undefined> {
    if (!tools.hasStrace) return undefined;
    return cages.inside(hook.id, async (cage) => {
      const log = { folder: join(cage.tmp.folder, LOG), at: join(cage.tmp.at, LOG) };
      await executeIn(cage, input, { bytes: undefined, number: next(), under: (argv) => line(log.at, argv) });
      const text = textIn(log.folder);
      removeFile(log.folder);
      return text;
    });
  }

  /** The programs that an execution under strace started. The times of this execution do not count. Null without strace. */
  async function trace(input: Input): Promise<Trace | null> {
    const text = await straced(input, traced);
    return text === undefined ? null : readTrace(text);
  }

  return {
    /** Runs the hook on all inputs, one after the other, until an execution does not end. */
    async once(): Promise<Run[]> {
      const runs: Run[] = [];
      for (const step of steps) {
        const made = await run(step);
        runs.push(made);
        if (isEndless(made.outcome)) break;
      }
      return runs;
    },
    trace: () => trace(usual),
    /** How an execution under strace spent its time. Null if strace is not used. */
    async breakdown(): Promise<Breakdown | null> {
      const text = await straced(usual, watched);
      return text === undefined ? null : breakdownOf(text);
    },
    traceIrrelevant: async () => (irrelevant ? trace(irrelevant) : null),
    /**
     * Simulated users run the hook in parallel in one cage. Each user has a separate session, and runs the hook again when the previous
     * execution has ended.
     */
    load: ({ users, requests }: Load): Promise<Run[]> =>
      cages.inside(hook.id, async (cage) => {
        const first = executions;
        executions += users * requests;
        const ofUser = async (user: number) => {
          const runs: Run[] = [];
          for (let i = 0; i < requests; i++) {
            const number = first + user * requests + sessionNumber(hook.event, i);
            runs.push(await executeIn(cage, usual, { bytes: undefined, number, beside: true }));
          }
          return runs;
        };
        return (await Promise.all(Array.from({ length: users }, (_, user) => ofUser(user)))).flat();
      }),
    async payload(sizes: readonly number[]): Promise<Payload[]> {
      if (usual.grows === undefined) return [];
      const ladder: Payload[] = [];
      for (const bytes of sizes) {
        const { wall_ms, cpu_ms, outcome } = await run(usual, {}, bytes);
        ladder.push({ bytes, wall_ms, cpu_ms, outcome });
        if (isEndless(outcome)) break; // on longer inputs, the hook would not end in time either
      }
      return ladder;
    },
  };
}

const LOG = '.trace';

/** The largest number of bytes that are read from a trace. */
const MOST = 128 * 1024 ** 2;

function startOf(file: string): string {
  const fd = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(fstatSync(fd).size, MOST));
    return buffer.toString('utf8', 0, readSync(fd, buffer));
  } finally {
    closeSync(fd);
  }
}

function textIn(file: string): string | undefined {
  try {
    return startOf(file);
  } catch {
    return undefined;
  }
}

/**
 * How fast the time grows from the second largest input size to the largest. 1 means in proportion to the size, and 2 means quadratic. At
 * small sizes, the constant cost of the hook hides the growth. Null if fewer than two sizes were measured.
 */
export function slopeOf(ladder: readonly Payload[]): number | null {
  const [before, last] = ladder.slice(-2);
  if (!before || !last) return null;
  // CPU time is used, because a busy machine lengthens short wall times most. Wall time is used only for a hook that mostly waits.
  const figure = last.cpu_ms * 10 > last.wall_ms ? 'cpu_ms' : 'wall_ms';
  const time = (payload: Payload) => Math.max(payload[figure], Number.MIN_VALUE);
  return Math.log(time(last) / time(before)) / Math.log(last.bytes / before.bytes);
}
