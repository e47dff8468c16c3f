import { decimal, percentInterval, pValue, signedPercent } from '../../core/figures.ts';
import { count } from '../../core/text.ts';
import { fromTo, quantity } from '../../core/units.ts';
import type { Case } from '../analytics/cases.ts';
import type { Moved, Suspicion } from '../analytics/suspicions.ts';

/** `lint.sh (plugin slow)`. */
export function subjectWords({ handler, plugin, metric }: Pick<Case, 'handler' | 'plugin' | 'metric'>): string {
  const name = handler ?? metric;
  return plugin ? `${name} (plugin ${plugin})` : name;
}

/** `100 ms → 160 ms (+60.0 %) since 2026-11-23, p = 0.0012`. */
export function shiftWords({ before, after, unit, shift_pct, since, p }: Suspicion): string {
  const chance = p === null ? '' : `, ${pValue(p)}`;
  return `${fromTo(before, after, unit)} (${signedPercent(shift_pct)}) since ${since}${chance}`;
}

/** What changed at the same time, as one or more sentences; it is no proof of a cause. */
export function changedWords({ changed: { handler, load, payload_bytes, others } }: Suspicion): string {
  const larger = (moved: Moved | null) => moved !== null && moved.after > 1.2 * moved.before;
  const sentences = [
    handler && (handler.from === handler.to ? 'Its content did not change.' : 'Its content changed at that time.'),
    larger(payload_bytes) &&
      `What it is given grew from ${size(payload_bytes!.before)} to ${size(payload_bytes!.after)}.`,
    larger(load) && `The load of the machine rose from ${decimal(load!.before)} to ${decimal(load!.after)} a core.`,
    others.risen > 0 && `${count(others.risen, 'other series', 'other series')} of ${others.of} rose at the same time.`,
  ];
  return sentences.filter(Boolean).join(' ') || 'What changed is not known.';
}

const size = (bytes: number) => quantity(bytes, 'bytes');

/** Whether it is proved, and by what. */
export function proofWords({ state, proof, closed }: Case): string {
  const measured = proof && `${signedPercent(proof.estimate_pct)}, 95 % interval ${percentInterval(proof.ci_pct)}`;
  const words: Record<Case['state'], string> = {
    open: proof
      ? `Measured, undecided: ${measured}.`
      : 'A suspicion: old and new were not measured against each other.',
    proved: `Proved on ${closed}: ${measured}.`,
    not_proved: `Not slower when measured on ${closed}: ${measured}.`,
    gone: `Gone on ${closed}: the level fell back.`,
  };
  return words[state];
}
