import type { MethodName } from '../instruments/instrument.ts';
import type { ArmName } from './arm.ts';
import type { OutputDigest } from './output.ts';
import type { ShellCost } from './shell-cost.ts';

/** One execution, as `samples/*.jsonl` holds it. Times in ms, memory in KB; null where the method cannot see it. */
export type Sample = {
  /** Id of the session. */
  session: string;
  /** Position among the session's steps, from 0; an interruption does not change it. */
  index: number;
  /** Number of the pair, from 1; 0 for a warm-up. */
  pair: number;
  arm: ArmName;
  /** Warm-ups are recorded but never judged. */
  warmup: boolean;
  started_at: string;
  /** Values by metric name, each in the unit of its metric. */
  metrics: Record<string, number>;
  exit_code: number;
  wall_ms: number;
  user_ms: number | null;
  sys_ms: number | null;
  max_rss_kb: number | null;
  /** Subtracted from wall and CPU time because a shell started the script; null where no shell did. */
  shell_ms: ShellCost | null;
  /** What `same_output` compares; null where the contract has none. */
  output: OutputDigest | null;
  /** Load average over one minute, when the execution started. */
  load1: number;
  method: MethodName;
};

/** One execution of each arm. */
export type Pair = { pair: number; base: Sample; candidate: Sample };

/** The complete pairs among samples, in order, without warm-ups. */
export function pairUp(samples: readonly Sample[]): Pair[] {
  const of = (arm: ArmName) => samples.filter((sample) => sample.arm === arm && !sample.warmup);
  const candidates = new Map(of('candidate').map((sample) => [sample.pair, sample]));
  return of('base')
    .flatMap((base) => {
      const candidate = candidates.get(base.pair);
      return candidate ? [{ pair: base.pair, base, candidate }] : [];
    })
    .sort((a, b) => a.pair - b.pair);
}
