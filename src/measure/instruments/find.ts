import { tmpdir } from 'node:os';
import { failure } from '../../core/errors.ts';
import type { Metric } from '../sources/source.ts';
import { needs } from '../sources/sources.ts';
import { hyperfine } from './hyperfine.ts';
import type { Instrument, Method, MethodName, Quantity } from './instrument.ts';
import { native } from './native.ts';
import { plain } from './plain.ts';
import { python3 } from './python.ts';

/** Best first. */
export const methods: readonly Method[] = [native, python3, hyperfine, plain];

/**
 * The best method that works here, tried on a real program: a cache on a `noexec` disk or a broken interpreter only
 * shows then. `PERF_GATE_INSTRUMENT` names one method and no other.
 * Throws `instrument_unknown` for a name that is none, `instrument_unusable` for one that does not work here.
 */
export async function findInstrument(env: NodeJS.ProcessEnv): Promise<Instrument> {
  const forced = env.PERF_GATE_INSTRUMENT;
  const candidates = forced ? methods.filter((method) => method.name === forced) : methods;
  if (candidates.length === 0) {
    throw failure('instrument_unknown', { name: forced ?? '', known: methods.map((method) => method.name) });
  }
  const reasons: string[] = [];
  for (const method of candidates) {
    const found = await method.prepare(env);
    const fault = 'missing' in found ? found.missing : await tryOut(found, env);
    if (!('missing' in found) && !fault) return found;
    reasons.push(`${method.name}: ${fault}`);
  }
  throw failure('instrument_unusable', { reasons });
}

/** Throws `no_instrument` when the instrument cannot see what a metric needs. */
export function requireSight(
  instrument: { method: MethodName; sees: readonly Quantity[] },
  metrics: readonly Metric[],
): void {
  const blind = needs(metrics).find((need) => !instrument.sees.includes(need.needs));
  if (blind) throw failure('no_instrument', { metric: blind.metric, method: instrument.method });
}

async function tryOut(instrument: Instrument, env: NodeJS.ProcessEnv): Promise<string | undefined> {
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
    const reading = await instrument.measure(job);
    return reading.exit_code === 0 ? undefined : `a trial gave ${JSON.stringify(reading)}`;
  } catch (error) {
    return (error as Error).message;
  }
}
