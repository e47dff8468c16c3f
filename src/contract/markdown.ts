import { flow } from './issue.ts';
import type { Contract } from './schema/contract.ts';
import { isLeftToNoise, runsOf } from './schema/runs.ts';

/**
 * One section of a printed contract, for example the section about its metrics. Each row has a label and a value in Markdown, with code in
 * backticks.
 */
export type Section = { title: string; rows: { label: string; value: string }[] };

/** The contract in sections, with every field that has an effect. */
export function describeContract(contract: Contract): Section[] {
  const { repro, metrics, threshold, claim, significance, guards, profiler, goal, limits } = contract;
  const code = (value: string) => codeSpan(value.trim().replaceAll(/\s*\n\s*/g, ' ↵ '));
  const plain = (value: unknown) => (value === undefined || value === '' ? 'none' : flow(value));
  const rows = (values: Record<string, string | undefined>) =>
    Object.entries(values).flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
  return [
    { title: 'Domain', rows: rows({ domain: contract.domain, description: contract.description }) },
    {
      title: 'Repro',
      rows: rows({
        script: code(repro.script),
        cwd: repro.cwd === '.' ? undefined : code(repro.cwd),
        env: repro.env && code(plain(repro.env)),
        setup: repro.setup && code(repro.setup),
        build: repro.build && code(repro.build),
        before_each: repro.before_each && code(repro.before_each),
        service: repro.service && `${code(repro.service.start)}, ready at ${repro.service.ready}`,
        warmup_runs: String(repro.warmup_runs),
        measurement_runs: runsText(repro),
        timeout_s: String(repro.timeout_s),
      }),
    },
    ...(contract.benchmarks
      ? [
          {
            title: 'Benchmarks',
            rows: contract.benchmarks.map(({ name, ...own }) => ({ label: name, value: code(plain(own)) })),
          },
        ]
      : []),
    {
      title: 'Metrics',
      rows: [
        { label: 'primary', value: code(plain(metrics.primary)) },
        ...(metrics.watchdogs.length > 0
          ? metrics.watchdogs.map((watchdog) => ({ label: 'watchdog', value: code(plain(watchdog)) }))
          : [{ label: 'watchdogs', value: 'none' }]),
      ],
    },
    {
      title: 'Threshold',
      rows: rows({
        type: threshold.type,
        pct_min: threshold.type === 'absolute' || claim === 'no_worse' ? undefined : String(threshold.pct_min),
        no_worse_pct: threshold.no_worse_pct === undefined ? undefined : String(threshold.no_worse_pct),
        absolute_min: threshold.type === 'pct' ? undefined : `${threshold.absolute_min} ${metrics.primary.unit}`.trim(),
        significance_required: String(threshold.significance_required),
        claim,
        goal: goal && `${goal.pct} % in all`,
      }),
    },
    {
      title: 'Significance Test',
      rows: rows({
        test: significance.test,
        alpha: String(significance.alpha),
        confirm: contract.confirm ? 'a candidate that passes the first session (the screen) is measured again' : 'no',
        session_effect_pct: contract.session_effect_pct === undefined ? undefined : String(contract.session_effect_pct),
        order: contract.order,
        isolation: contract.isolation,
        rules: contract.rules && String(contract.rules),
      }),
    },
    {
      title: 'Guards',
      rows: rows({
        correctness: guards.correctness ? code(guards.correctness) : 'none',
        same_output: guards.same_output === undefined ? 'none' : code(plain(guards.same_output)),
        protected: guards.protected.map(code).join(', ') || 'none',
        unprotected: guards.unprotected?.map(code).join(', '),
      }),
    },
    {
      title: 'Profiler',
      rows:
        typeof profiler === 'object'
          ? rows({
              tool: profiler.tool,
              command: profiler.command && code(profiler.command),
              output_path: profiler.output_path && code(profiler.output_path),
              value: profiler.value && code(profiler.value),
            })
          : rows({ tool: profiler ?? 'none' }),
    },
    {
      title: 'Limits',
      rows: Object.entries(limits).map(([label, value]) => ({ label, value: String(value) })),
    },
    { title: 'Secrets', rows: rows({ file: contract.secrets_file ? code(contract.secrets_file) : 'none' }) },
  ];
}

function runsText(repro: Contract['repro']): string {
  const { first, last } = runsOf(repro);
  return isLeftToNoise(repro)
    ? `auto: ${first}, up to ${last} while the result is undecided, or up to 60 if the noise is high`
    : `${first}, up to ${last} while the result is undecided`;
}

/**
 * The contract as Markdown, in the layout of a scoping report. `repoContext`: recon's findings about the repository, or the contract's
 * field `repo_context`. If both are missing, the section about the repository is left out.
 */
export function contractMarkdown(contract: Contract, repoContext: object | undefined = contract.repo_context): string {
  const sections = describeContract(contract).map(
    ({ title, rows }) => `### ${title}\n\n${rows.map(({ label, value }) => `- ${label}: ${value}`).join('\n')}`,
  );
  return [...(repoContext ? [contextMarkdown(repoContext)] : []), '## Contract', ...sections].join('\n\n');
}

function contextMarkdown(found: object): string {
  const rows = ['language', 'runtime', 'package_manager', 'existing_benchmarks'].map((label) => {
    const value: unknown = Reflect.get(found, label);
    const text = Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : '';
    return `- ${label}: ${text || 'none'}`;
  });
  return `## Repo Context\n\n${rows.join('\n')}`;
}

const codeSpan = (text: string) => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);
