import type { ContractInput } from '../../contract/schema/contract.ts';
import { withCommand } from '../../profile/profilers/profilers.ts';
import { domains, type Suggestion } from '../domains.ts';
import type { Recon } from '../recon/recon.ts';
import { domainOf, primariesFor, sampleSizes, watchdogsFor } from './offers.ts';
import { type Answers, listOf, percentOf, textOf } from './question.ts';

/** Makes a contract from the answers. Missing answers get defaults. */
export function contractFrom(answers: Answers, recon: Recon, task: string): ContractInput {
  const domain = domainOf(answers, recon, task);
  const { warmup_runs, threshold_pct } = domains[domain];
  const offers = primariesFor(domain, recon);
  const primary = offers.find((m) => m.name === textOf(answers, 'primary')) ?? offers[0]!;
  const watchdogs = watchdogsFor(domain, primary.name, recon).filter((w) =>
    listOf(answers, 'watchdogs').includes(w.name),
  );
  const asked = textOf(answers, 'runs');
  const size = asked === 'thorough' || asked === 'quick' ? sampleSizes[asked] : sampleSizes.standard;
  const threshold = percentOf(textOf(answers, 'threshold'));
  const tool = textOf(answers, 'profiler');
  return {
    version: 1,
    domain,
    ...(task.trim() ? { description: task.trim() } : {}),
    repo_context: contextOf(recon),
    repro: {
      script: textOf(answers, 'repro'),
      ...(recon.setup_command ? { setup: recon.setup_command } : {}),
      ...(needsBuild(textOf(answers, 'repro'), recon) ? { build: recon.build_command! } : {}),
      warmup_runs,
      measurement_runs: size.measurement_runs,
      max_runs: size.max_runs,
    },
    metrics: {
      primary: metric(primary),
      watchdogs: watchdogs.map((w) => ({ ...metric(w), max_regression_pct: w.max_regression_pct })),
    },
    threshold: { type: 'pct', pct_min: Number.isNaN(threshold) ? threshold_pct : threshold },
    guards: guardsOf(answers, recon),
    ...(tool ? { profiler: tool === 'none' ? 'none' : withCommand({ tool }) } : {}),
    ...secretsOf(answers),
  };
}

/** Whether the script runs what the build writes. A script that builds, or that runs from source, needs no build before it. */
function needsBuild(script: string, recon: Recon): boolean {
  return recon.build_command !== null && recon.output !== null && script.includes(recon.output.replace(/\*.*$/, ''));
}

function guardsOf(answers: Answers, recon: Recon): NonNullable<ContractInput['guards']> {
  const chosen = listOf(answers, 'guards');
  return {
    ...(chosen.includes('correctness') && recon.test_command ? { correctness: recon.test_command } : {}),
    ...(chosen.includes('same_output') ? { same_output: true as const } : {}),
    protected: chosen.includes('protected') ? recon.protected : [],
  };
}

function secretsOf(answers: Answers): { secrets_file?: string } {
  const chosen = listOf(answers, 'guards').find((value) => value.startsWith('secrets:'));
  return chosen ? { secrets_file: chosen.slice('secrets:'.length) } : {};
}

function contextOf(recon: Recon): NonNullable<ContractInput['repo_context']> {
  const { language, runtime, package_manager, existing_benchmarks } = recon;
  return {
    ...(language ? { language } : {}),
    ...(runtime ? { runtime } : {}),
    ...(package_manager ? { package_manager } : {}),
    existing_benchmarks: existing_benchmarks.join(', ') || 'none',
  };
}

const metric = ({ name, unit, lower_is_better, source }: Suggestion) => ({ name, unit, lower_is_better, source });
