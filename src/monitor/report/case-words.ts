import { decimal, percentInterval, pValue, signedPercent } from '../../core/figures.ts';
import { fromTo, quantity } from '../../core/units.ts';
import type { Case, Files, Left } from '../analytics/cases.ts';
import type { Moved, Suspicion } from '../analytics/suspicions.ts';

/** Names the subject of a case, such as `lint.sh (plugin slow)`. */
export function subjectWords({ handler, plugin, metric }: Pick<Case, 'handler' | 'plugin' | 'metric'>): string {
  const name = handler ?? metric;
  return plugin ? `${name} (plugin ${plugin})` : name;
}

/** Describes a rise, such as `100 ms → 160 ms (+60.0 %) since 2026-11-23, p = 0.0012`. */
export function shiftWords({ before, after, unit, shift_pct, since, p }: Suspicion): string {
  const chance = p === null ? '' : `, ${pValue(p)}`;
  return `${fromTo(before, after, unit)} (${signedPercent(shift_pct)}) since ${since}${chance}`;
}

/** Sentences on what changed at the time of the rise. A simultaneous change is no proof of a cause. */
export function changedWords({
  files,
  changed: { handler, load, payload_bytes, others },
}: Suspicion & Pick<Case, 'files'>): string {
  const larger = (moved: Moved | null) => moved !== null && moved.after > 1.2 * moved.before;
  const sentences = [
    files
      ? filesWords(files)
      : handler && (handler.from === handler.to ? 'The command did not change.' : 'The command changed at that time.'),
    larger(payload_bytes) && `The input grew from ${size(payload_bytes!.before)} to ${size(payload_bytes!.after)}.`,
    larger(load) && `The load of the machine rose from ${decimal(load!.before)} to ${decimal(load!.after)} per core.`,
    others.risen > 0 && `${others.risen} of ${others.of} other series rose at the same time.`,
  ];
  return sentences.filter(Boolean).join(' ') || 'Simultaneous changes are unknown.';
}

const size = (bytes: number) => quantity(bytes, 'bytes');

function filesWords({ changed }: Files): string {
  if (!changed) return 'The hook’s files did not change.';
  const { first, last, from, to } = changed;
  const when = first === last ? `on ${last}` : `between ${first} and ${last}`;
  return `The hook’s files changed ${when} (${from} → ${to}).`;
}

/** Sentences on the state of a case and on the result of its measurement. */
export function proofWords({ state, proof, closed, left, returned, changed: { handler } }: Case): string {
  const measured = proof && `${signedPercent(proof.estimate_pct)}, 95 % interval ${percentInterval(proof.ci_pct)}`;
  const words: Record<Case['state'], string> = {
    open:
      [proof && `Measured without a clear result: ${measured}.`, left && wordsOf(left, handler)]
        .filter(Boolean)
        .join(' ') || 'A suspicion: the old and the new version have not been measured and compared.',
    proved: `Proved on ${closed}: ${measured}.${returned === null ? '' : ` On ${returned}, the level was back to normal.`}`,
    not_proved: proof
      ? `Not slower when measured on ${closed}: ${measured}.`
      : `Closed on ${closed}: the hook’s files did not change, so the cause is the environment or the data.`,
    gone: `Gone on ${closed}: the level was back to normal.`,
  };
  return words[state];
}

/**
 * The text that explains why a case stayed open. For the code `command`, the text names the two commits, so that the user can compare these
 * commits.
 */
const wordsOf = ({ code }: Left, commits: Suspicion['changed']['handler']) =>
  code === 'command' && commits
    ? `${leftWords.command} perf-gate compare ${commits.from.slice(0, 10)}..${commits.to.slice(0, 10)} --no-worse-than 3%`
    : leftWords[code];

/** Why a case stayed open after an attempt to prove it, and what to do. */
const leftWords: Record<Left['code'], string> = {
  no_way:
    'Still open: only hooks and benchmarks can be measured again. Check what else changed when the slowdown began.',
  not_found:
    'Still open: no hook of this name is installed. Install it again, so that its next change can be measured.',
  not_noted:
    'Still open: the hook’s files at the beginning of the slowdown are unknown. While the monitor runs, it records hook files, so the next change can be measured.',
  not_kept: 'Still open: no copy of the hook’s files exists. Folders of more than 64 MB or 5,000 files are not copied.',
  gone: 'Still open: the copies of the hook’s files were deleted. The next change of the files can be measured.',
  not_run:
    'Still open: this hook cannot run in the cage (a sandbox), or failed there. Compare the old and the new version manually.',
  unlike:
    'Still open: the hook completed its work in only one of the two versions, so their times cannot be compared. Compare the two versions manually.',
  not_here:
    'Still open: in the git history of this folder, the benchmark did not become worse. Confirm the case in the repository of the benchmark.',
  no_contract:
    'Still open: the older commit has no contract that measures the recorded benchmark. Compare the commits manually.',
  command:
    'Still open: the monitor stores only a hash of the measured command, so it cannot run the command again. Write a contract for the command (perf-gate init --ci github --benchmark COMMAND), then compare the two commits:',
  not_measured:
    'Still open: one of the two commits could not be measured. To see which one, run perf-gate report and look at the newest comparison.',
  undecided: 'Confirm the case again on a quiet machine.',
};
