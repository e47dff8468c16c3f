import { readFileSync } from 'node:fs';
import { failure } from '../../core/errors.ts';
import type { MethodName } from './instrument.ts';

/** The helpers that pin what they start. */
const able: readonly MethodName[] = ['native', 'python3'];

/**
 * Throws `cpus_unsupported` when this method cannot pin a command to CPUs here, `cpus_unavailable` when we may not use one
 * of them.
 */
export function requirePinning(method: MethodName, cpus: string | undefined): void {
  if (cpus === undefined) return;
  if (process.platform !== 'linux' || !able.includes(method))
    throw failure('cpus_unsupported', { cpus, method, platform: process.platform });
  const available = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  const ours = new Set(cpusIn(available));
  if (!cpusIn(cpus).every((cpu) => ours.has(cpu))) throw failure('cpus_unavailable', { cpus, available });
}

/** The numbers of a list: `0-2,5` → 0, 1, 2, 5. */
export function cpusIn(list: string): number[] {
  const ranges = list.split(',').filter(Boolean);
  return ranges.flatMap((range) => {
    const [from = Number.NaN, to = from] = range.split('-').map(Number);
    return Array.from({ length: Math.max(0, to - from + 1) || 0 }, (_, i) => from + i);
  });
}
