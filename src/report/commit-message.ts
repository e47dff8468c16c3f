import { significant } from '../core/figures.ts';
import { oneLine } from '../core/text.ts';
import type { AttemptRecord } from '../record/data.ts';
import { contractOf } from '../record/history.ts';
import type { RunState } from '../record/state.ts';

/**
 * The message of an accepted change's commit: a subject, the effect in words, and trailers. Programs read the
 * trailers (`git log --format=%(trailers)`).
 */
export function commitMessage(state: RunState, record: AttemptRecord): string {
  const primary = record.primary!;
  const hotspot = oneLine(record.hotspot);
  const direction = contractOf(state).metrics.primary.lower_is_better ? 'less' : 'more';
  const gain =
    primary.improvement_pct === null
      ? `${significant(primary.improvement)} ${primary.unit}`
      : `${significant(primary.improvement_pct)} %`;
  const interval = primary.ci95_pct
    ? ` [${primary.ci95_pct.map((v) => (v === null ? 'unbounded' : significant(v))).join(', ')}]`
    : '';
  const p = primary.p === null ? 'compared exactly' : `p=${primary.p.toPrecision(2)}`;
  return [
    `perf: ${hotspot}: ${gain} ${direction} ${primary.name}`.slice(0, 100),
    '',
    `Measured as attempt ${record.attempt} of the task: ${oneLine(state.task)}`,
    '',
    `Perf-Gate-Run: ${state.run}`,
    `Perf-Gate-Attempt: ${record.attempt}`,
    `Perf-Gate-Change: ${primary.name} ${gain}${interval}, ${p}, n=${primary.n_base}+${primary.n_candidate}`,
    '',
  ].join('\n');
}
