import { decimal, percentInterval, pValue, signedPercent } from '../../core/figures.ts';
import { count } from '../../core/text.ts';
import { fromTo, quantity } from '../../core/units.ts';
import type { Case, Files, Left } from '../analytics/cases.ts';
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
export function changedWords({
  files,
  changed: { handler, load, payload_bytes, others },
}: Suspicion & Pick<Case, 'files'>): string {
  const larger = (moved: Moved | null) => moved !== null && moved.after > 1.2 * moved.before;
  const sentences = [
    files
      ? filesWords(files)
      : handler && (handler.from === handler.to ? 'Its command did not change.' : 'Its command changed at that time.'),
    larger(payload_bytes) &&
      `What it is given grew from ${size(payload_bytes!.before)} to ${size(payload_bytes!.after)}.`,
    larger(load) && `The load of the machine rose from ${decimal(load!.before)} to ${decimal(load!.after)} a core.`,
    others.risen > 0 && `${count(others.risen, 'other series', 'other series')} of ${others.of} rose at the same time.`,
  ];
  return sentences.filter(Boolean).join(' ') || 'What changed is not known.';
}

const size = (bytes: number) => quantity(bytes, 'bytes');

function filesWords({ changed }: Files): string {
  if (!changed) return 'Its files did not change.';
  const { first, last, from, to } = changed;
  const when = first === last ? `on ${last}` : `between ${first} and ${last}`;
  return `Its files changed ${when} (${from} → ${to}).`;
}

/** Whether it is proved, and by what. */
export function proofWords({ state, proof, closed, left, returned, changed: { handler } }: Case): string {
  const measured = proof && `${signedPercent(proof.estimate_pct)}, 95 % interval ${percentInterval(proof.ci_pct)}`;
  const words: Record<Case['state'], string> = {
    open:
      [proof && `Measured, undecided: ${measured}.`, left && wordsOf(left, handler)].filter(Boolean).join(' ') ||
      'A suspicion: old and new were not measured against each other.',
    proved: `Proved on ${closed}: ${measured}.${returned === null ? '' : ` The level had fallen back by ${returned}.`}`,
    not_proved: proof
      ? `Not slower when measured on ${closed}: ${measured}.`
      : `Closed on ${closed}: where its files did not change, the environment or the data did.`,
    gone: `Gone on ${closed}: the level fell back.`,
  };
  return words[state];
}

/** Where a command was measured, the commits are named so that they can be compared by hand. */
const wordsOf = ({ code }: Left, commits: Suspicion['changed']['handler']) =>
  code === 'command' && commits
    ? `${leftWords.command} perf-gate compare ${commits.from.slice(0, 10)}..${commits.to.slice(0, 10)} --no-worse-than 3%`
    : leftWords[code];

/** Why an attempt left a case open, and what would decide it. */
const leftWords: Record<Left['code'], string> = {
  no_way: 'Still open: only hooks and benchmarks can be measured again. Look at what changed on that day.',
  not_found: 'Still open: no hook of this name is installed. Install it again, and the next change can be measured.',
  not_noted:
    'Still open: the monitor does not know the files of that time. It notes them while it runs, so that the next change can be measured.',
  not_kept: 'Still open: its files could not be kept. A folder of at most 64 MB and 5,000 files can.',
  gone: 'Still open: the copies of its files are gone. The next change can be measured.',
  not_run: 'Still open: this hook cannot be run in the cage, or did not run there. Compare old and new by hand.',
  unlike: 'Still open: old and new end differently in the cage. Compare old and new by hand.',
  not_here: 'Still open: this is not its repository, or it is no longer worse there. Confirm it in its repository.',
  no_contract:
    'Still open: the older commit holds no contract that measures what was recorded. Compare the commits by hand.',
  command:
    'Still open: of a command only a hash is kept, so that it cannot be run again. Let a contract run it (perf-gate init --ci github --benchmark COMMAND writes one), and compare the two commits:',
  not_measured: 'Still open: a run of a commit failed. perf-gate report says which, in the newest comparison.',
  undecided: 'Confirm it again on a quiet machine.',
};
