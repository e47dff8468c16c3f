import type { ContractInput } from '../../contract/schema/contract.ts';
import { withCommand } from '../../profile/profilers/profilers.ts';
import { domains } from '../domains.ts';
import type { Recon } from '../recon/recon.ts';
import type { Suggestion } from '../suggestion.ts';
import { buildOf, envOf, NOTHING, setupOf } from './commands.ts';
import { chosen, domainOf, primariesFor, sampleSizes, watchdogsFor } from './offers.ts';
import { type Answers, listOf, percentOf, textOf } from './question.ts';

/** Makes a contract from the answers. Missing answers get defaults. */
export function contractFrom(answers: Answers, recon: Recon, task: string): ContractInput {
  const domain = domainOf(answers, recon, task);
  const { warmup_runs, threshold_pct } = domains[domain];
  const command = chosen(answers, recon);
  const offers = primariesFor(domain, recon, command);
  const primary = offers.find((m) => m.name === textOf(answers, 'primary')) ?? offers[0]!;
  const watchdogs = watchdogsFor(domain, primary.name, recon, command).filter((w) =>
    listOf(answers, 'watchdogs').includes(w.name),
  );
  const asked = textOf(answers, 'runs');
  const size = asked === 'thorough' || asked === 'quick' ? sampleSizes[asked] : sampleSizes.standard;
  const threshold = percentOf(textOf(answers, 'threshold'));
  const tool = textOf(answers, 'profiler') || 'auto';
  const env = envOf(answers, recon);
  return {
    version: 1,
    domain,
    ...(task.trim() ? { description: task.trim() } : {}),
    repo_context: contextOf(recon),
    repro: {
      script: textOf(answers, 'repro'),
      ...(Object.keys(env).length > 0 ? { env } : {}),
      ...commandOf('setup', answers, setupOf(answers, recon)),
      ...commandOf('build', answers, buildOf(answers, recon)),
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
    profiler: tool === 'none' || tool === 'auto' ? tool : withCommand({ tool }),
    ...secretsOf(answers),
  };
}

/** The command that a person gave as the answer, else the command that recon proposes. */
function commandOf(id: 'setup' | 'build', answers: Answers, proposed: string | null): { [key in typeof id]?: string } {
  const command = answers[id] === undefined ? proposed : textOf(answers, id);
  return command === null || command === NOTHING || command === '' ? {} : { [id]: command };
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
