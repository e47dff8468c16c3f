import { significant } from '../core/figures.ts';
import type { SamplesWarning } from '../experiment/judge-samples.ts';
import type { Warning as SessionWarning } from '../experiment/judged.ts';

type Warning = SessionWarning | SamplesWarning;
type Sentences = { [Code in Warning['code']]: (facts: Extract<Warning, { code: Code }>) => string };

/** For each code of a warning, the sentence that people read. Programs read the code itself. */
const sentences: Sentences = {
  outliers: (w) =>
    `${w.count === 1 ? 'one sample lies' : `${w.count} samples lie`} far from the median (${significant(w.worst)} MADs), but ${w.count === 1 ? 'was' : 'were'} kept`,
  first_run_differs: (w) =>
    `the first sample differs from the others (${significant(w.distance)} MADs): more warm-up may help`,
  drift: (w) => `the samples drift over the session (rank correlation with time ${significant(w.correlation)})`,
  autocorrelation: (w) => `neighbouring samples resemble each other (lag-1 autocorrelation ${significant(w.lag_1)})`,
  bimodal: (w) => `the samples form two groups, around ${significant(w.low)} and ${significant(w.high)}`,
  ties: (w) => `${w.values} samples have only ${w.distinct} different values: the metric is coarser than its noise`,
  tail_only: (w) =>
    `the change is in the tail: ${significant(w.improvement_pct)} % over all samples, ${significant(w.medians_pct)} % between the medians`,
  high_load: (w) => `the machine was busy: load ${significant(w.load)} on ${w.cores} cores`,
  slow_governor: (w) => `the CPU governor is ${w.governor}: clock speeds vary`,
  on_battery: () => 'the machine runs on battery',
  cpu_quota: (w) => `a quota of ${significant(w.cpus)} CPUs (of ${w.cores}) can interrupt the program`,
  low_memory: (w) => `only ${w.free_mb} MB of memory are free`,
  unseen_delay: (w) =>
    `${significant(w.share_pct, 2)} % of the CPU time was used outside of the main thread, by child processes or other threads: ${w.metric} still includes their waiting for a processor, so CPU time (\`source: cpu\`) is more reliable`,
  failures_counted: (w) =>
    `${w.failed} of ${w.runs} executions failed (exit code ${w.exit_codes.join(', ')}), but their samples count, as requested: a program may be fast only because it fails`,
  not_deterministic: (w) =>
    `${w.metric} is declared deterministic, but varies between executions, so it was judged from samples.`,
  measured_afresh: (w) =>
    `The session was interrupted after ${w.dropped} of its executions and measured again from the start: these executions do not count, and their samples were set aside.`,
  interrupted: (w) =>
    `The session was interrupted after ${w.kept} of its executions and continued later: their samples were kept, and both arms were warmed up again.`,
  wrote_much: (w) => `the repro wrote ${w.mb} MB into its copy of the project: the disk may fill up`,
  correctness_unchecked: (w) =>
    `the correctness command fails on both arms under the conditions of the measurement (${w.reason}), so correctness was checked only outside of these conditions`,
  sequential: () =>
    'base and candidate are measured one after the other (`order: sequential`): a drift of the machine cannot be distinguished from an effect',
  out_of_reach: (w) =>
    `a comparison of ${w.n} with ${w.m} samples can never be significant: the smallest p of ${w.test} is ${significant(w.smallest_p, 2)} (alpha ${w.alpha})`,
  told: (w) => w.text,
};

/** A warning as a sentence that begins with its arm. */
export function warningText(warning: Warning): string {
  return 'arm' in warning ? `${warning.arm}: ${loneWarningText(warning)}` : loneWarningText(warning);
}

/** A warning as a sentence without its arm. */
export function loneWarningText(warning: Warning): string {
  return (sentences[warning.code] as (facts: Warning) => string)(warning);
}
