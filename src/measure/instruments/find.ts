import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { anyTime } from '../../core/compiled.ts';
import { failure } from '../../core/errors.ts';
import { type Metric, needs } from '../sources/sources.ts';
import { seenIn } from './figures.ts';
import { hyperfine } from './hyperfine.ts';
import type { Instrument, Measuring, Method, MethodName, Reading } from './instrument.ts';
import { native } from './native.ts';
import { plain } from './plain.ts';
import { python3 } from './python.ts';

/** The methods of measuring, best first. */
export const methods: readonly Method[] = [native, python3, hyperfine, plain];

/**
 * The best method that works on this machine. Each method is tried on a real program, because only a trial reveals some problems, such as a
 * broken interpreter or a cache on a `noexec` disk. `PERF_GATE_INSTRUMENT` allows only one method. `trust`: which compiled helpers in the
 * cache can be used.
 * @throws `instrument_unknown`: `PERF_GATE_INSTRUMENT` names an unknown method; `instrument_unusable`: no allowed method works.
 */
export async function findInstrument(env: NodeJS.ProcessEnv, trust = anyTime): Promise<Instrument> {
  const forced = env.PERF_GATE_INSTRUMENT;
  const candidates = forced ? methods.filter((method) => method.name === forced) : methods;
  if (candidates.length === 0) {
    throw failure('instrument_unknown', { name: forced ?? '', known: methods.map((method) => method.name) });
  }
  const reasons: string[] = [];
  for (const method of candidates) {
    const found = await method.prepare(env, trust);
    const tried = 'missing' in found ? found.missing : await tryOut(found, env);
    if (!('missing' in found) && typeof tried === 'object') return { ...found, sees: seenIn(tried) };
    reasons.push(`${method.name}: ${tried}`);
  }
  throw failure('instrument_unusable', { reasons });
}

/** The reading of a trial, or the reason why the method does not work here. */
async function tryOut(method: Measuring, env: NodeJS.ProcessEnv): Promise<Reading | string> {
  const path = env.PATH ?? '/usr/bin:/bin';
  const output = { stdout: 'ignore', stderr: 'ignore' } as const;
  try {
    const job = {
      argv: ['/bin/sh', '-c', ':'] as [string, string, string],
      cwd: '/',
      env: { PATH: path, TMPDIR: tmpdir() },
      timeoutMs: 10_000,
      output,
    };
    const reading = await method.measure(job);
    return reading.exit_code === 0 ? reading : `a trial gave ${JSON.stringify(reading)}`;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * Checks that the instrument measures all figures that the metrics need.
 * @throws `no_instrument`: a metric needs a figure that the instrument cannot measure
 */
export function requireSight(instrument: Pick<Instrument, 'method' | 'sees'>, metrics: readonly Metric[]): void {
  for (const { metric, figures } of needs(metrics)) {
    // The error names only the last missing figure. Figures that few instruments measure come last in `figures`, so an instrument that
    // measures the last one also measures the others.
    const missing = figures.filter((figure) => !instrument.sees.includes(figure)).at(-1);
    if (missing) throw failure('no_instrument', { metric, method: instrument.method, missing });
  }
}

/** The methods that can pin a program to CPUs. */
const pinning: readonly MethodName[] = ['native', 'python3'];

/**
 * Checks that a command can be pinned to these CPUs.
 * @throws `cpus_unsupported`: the method cannot pin here; `cpus_unavailable`: at least one of the CPUs is not available to this process.
 */
export function requirePinning(method: MethodName, cpus: string | undefined): void {
  if (cpus === undefined) return;
  if (process.platform !== 'linux' || !pinning.includes(method))
    throw failure('cpus_unsupported', { cpus, method, platform: process.platform });
  const available = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  const ours = new Set(cpusIn(available));
  if (!cpusIn(cpus).every((cpu) => ours.has(cpu))) throw failure('cpus_unavailable', { cpus, available });
}

/**
 * Checks that the method can give a command a file on stdin.
 * @throws `input_unsupported`: the method is hyperfine, which cannot do this.
 */
export function requireInput(method: MethodName, input: string | undefined): void {
  if (input !== undefined && method === 'hyperfine') throw failure('input_unsupported', { input, method });
}

/** The CPU numbers in a list: `0-2,5` → 0, 1, 2, 5. */
export function cpusIn(list: string): number[] {
  const ranges = list.split(',').filter(Boolean);
  return ranges.flatMap((range) => {
    const [from = Number.NaN, to = from] = range.split('-').map(Number);
    return Array.from({ length: Math.max(0, to - from + 1) || 0 }, (_, i) => from + i);
  });
}
