import { type DomainName, domainNames } from '../../core/domain-names.ts';
import { domains } from '../domains.ts';
import type { Candidate } from '../recon/finding.ts';
import type { Recon } from '../recon/recon.ts';
import type { Suggestion } from '../suggestion.ts';
import { type Answers, textOf } from './question.ts';

/** The domain of the answers, or else the domain that the interview proposes. */
export function domainOf(answers: Answers, recon: Recon, task: string): DomainName {
  const answer = textOf(answers, 'domain');
  return domainNames.find((name) => name === answer) ?? guessDomain(task, recon);
}

/** The domain whose words the task mentions most often. If no word matches, the domain that the repository suggests, or else `custom`. */
export function guessDomain(task: string, recon: Recon): DomainName {
  const scored = domainNames.map((name) => ({
    name,
    hits: task.match(new RegExp(domains[name].words, 'gi'))?.length ?? 0,
  }));
  const best = scored.reduce((a, b) => (b.hits > a.hits ? b : a));
  if (best.hits > 0) return best.name;
  return recon.scripts[0]?.kind === 'start' && recon.scripts[0].found_in.includes('bin') ? 'cli_startup' : 'custom';
}

/**
 * The commands that recon found, as choices. Kinds of commands that usually reproduce this domain come first. Within a kind, commands
 * without a caution come first.
 */
export function candidatesFor(domain: DomainName, recon: Recon): Candidate[] {
  const order = domains[domain].repro;
  const rank = ({ kind }: Candidate) => (order.includes(kind) ? order.indexOf(kind) : order.length);
  const doubt = ({ caution }: Candidate) => (caution === undefined ? 0 : 1);
  return [...recon.scripts].sort((a, b) => rank(a) - rank(b) || doubt(a) - doubt(b));
}

/** The candidate that was chosen as the repro. Undefined for a command that a person typed. */
export function chosen(answers: Answers, recon: Recon): Candidate | undefined {
  const script = textOf(answers, 'repro');
  return recon.scripts.find(({ command }) => command === script);
}

/** If the suggested metric is the size of built files, replaces the usual build folder by the build folder of this project. */
function fitted<S extends Suggestion>(suggestion: S, recon: Recon): S {
  const { source } = suggestion;
  if (typeof source !== 'object' || !('size' in source) || recon.output === null) return suggestion;
  const { needs: _, ...rest } = suggestion;
  return { ...rest, source: { ...source, size: recon.output } } as S;
}

/** The suggestion, but with undelayed wall time instead of wall time. */
function undelayed<S extends Suggestion>(wall: S): S {
  const why = 'wall time without the waiting that other programs cause; perf-gate also prints the raw wall time';
  return { ...wall, name: `undelayed_${wall.name}`, source: 'undelayed_wall', why };
}

/** Whether the metric is wall time on a machine that can also measure undelayed wall time, which has less noise. */
const isNoisy = ({ source }: Suggestion, { sees_delay }: Recon) => source === 'wall' && sees_delay;

/** Whether a metric is the wall time or the CPU time of the whole command. */
export const isTime = ({ source }: Pick<Suggestion, 'source'>): boolean =>
  source === 'wall' || source === 'undelayed_wall' || source === 'cpu';

/**
 * The choices for the primary metric, best first: the metric that the command reports itself, then the metrics of the domain. Undelayed
 * wall time comes before wall time. If undelayed wall time cannot be measured, CPU time comes first, except for builds, which run in
 * parallel.
 */
export function primariesFor(domain: DomainName, recon: Recon, command?: Candidate): Suggestion[] {
  const fitting = domains[domain].primaries.map((suggestion) => fitted(suggestion, recon));
  const calm = recon.sees_delay || domain === 'build_time' ? fitting : cpuFirst(fitting);
  const all = calm.flatMap((metric) => (isNoisy(metric, recon) ? [undelayed(metric), metric] : [metric]));
  const { reports, caution } = command ?? {};
  const doubt =
    caution ??
    (reports && 'the benchmark tool decides how long the command runs, so this time says nothing about the code');
  const told = doubt === undefined ? all : all.map((m) => (isTime(m) ? { ...m, needs: doubt } : m));
  return reports ? [reports, ...told] : told;
}

/** Puts CPU time immediately before wall time. */
function cpuFirst(metrics: readonly Suggestion[]): Suggestion[] {
  const cpu = metrics.filter(({ source }) => source === 'cpu');
  return metrics.flatMap((m) => (m.source === 'wall' ? [...cpu, m] : m.source === 'cpu' ? [] : [m]));
}

/** The choices for watchdogs: those of the domain, and memory for every domain. The list never contains the primary metric. */
export function watchdogsFor(domain: DomainName, primary: string, recon: Recon, command?: Candidate) {
  const all = [...ownWatchdogs(domain, recon), ...ownWatchdogs('custom', recon)];
  const isFixed = command?.reports !== undefined || command?.caution !== undefined;
  return all.filter(
    (w, i) => w.name !== primary && all.findIndex((other) => other.name === w.name) === i && !(isFixed && isTime(w)),
  );
}

/**
 * The watchdogs to propose: those of the domain that need nothing from the user. A watchdog that needs something else would fail the
 * pre-flight.
 */
export function usualWatchdogs(domain: DomainName, primary: string, recon: Recon, command?: Candidate): string[] {
  const own = ownWatchdogs(domain, recon).map((w) => w.name);
  return watchdogsFor(domain, primary, recon, command).flatMap((w) =>
    own.includes(w.name) && !w.needs ? [w.name] : [],
  );
}

function ownWatchdogs(domain: DomainName, recon: Recon) {
  const fitting = domains[domain].watchdogs.map((suggestion) => fitted(suggestion, recon));
  return fitting.map((metric) => (isNoisy(metric, recon) ? undelayed(metric) : metric));
}

/** The number of executions per arm at the first look or at the last look. `auto` if the noise of the baseline decides. */
type Runs = 'auto' | number;
type SampleSize = { label: string; measurement_runs: Runs; max_runs: Runs };

/** The choices for the sample size. Each key is a possible answer. */
export const sampleSizes = {
  standard: {
    label: '5 to 22 executions per arm, up to 60 if the noise is high',
    measurement_runs: 'auto',
    max_runs: 'auto',
  },
  thorough: {
    label: '6 to 60 executions per arm: for small improvements or much noise',
    measurement_runs: 6,
    max_runs: 60,
  },
  quick: {
    label: '6 to 10 executions per arm: for slow commands and large improvements',
    measurement_runs: 6,
    max_runs: 10,
  },
} satisfies Record<string, SampleSize>;
