import { stringify } from 'yaml';
import { contractMarkdown } from '../contract/markdown.ts';
import { parseContract } from '../contract/parse.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { hashContract } from '../contract/seal.ts';
import { failure } from '../core/errors.ts';
import { percent, signedPercent, significant } from '../core/figures.ts';
import { duration } from '../core/units.ts';
import type { Preflight, ScopingData } from '../record/data.ts';
import { hasContract, scopingOf } from '../record/history.ts';
import type { ActorStage, Outcome, RunState } from '../record/state.ts';
import { bullets, code } from '../report/markdown/syntax.ts';
import { escalation } from '../report/story/of-run.ts';
import { contractFrom } from '../scoping/interview/contract-from.ts';
import { defaultAnswers, questions, questionsText } from '../scoping/interview/interview.ts';
import type { Answers } from '../scoping/interview/question.ts';
import { type Recon, recon } from '../scoping/recon/recon.ts';

export const scoping: ActorStage = {
  async prepare({ state, repo }) {
    const found = recon(repo.project);
    const asked = questions(found, state.task);
    const facts = Object.entries(found).flatMap(([label, value]) =>
      typeof value === 'string' ? [`${label.replace(/_/g, ' ')}: ${value}`] : [],
    );
    return {
      values: {
        again: whyAgain(state),
        recon: bullets(
          [...facts, ...found.scripts.map((s) => `may reproduce it: \`${s.command}\` (${s.found_in})`)],
          'nothing that perf-gate recognises',
        ),
        questions: questionsText(asked),
      },
      draft: {
        result: 'pending',
        contract: hasContract(state) ? scopingOf(state).contract : suggestion(found, defaultAnswers(asked), state.task),
      },
      body: '',
    };
  },

  async receive({ repo }, { file, result, draft }) {
    if (result !== 'pending') throw failure('approval_by_person');
    const contract = parseContract(stringify(draft.contract ?? null), file);
    return scopingOutcome({
      contract,
      repo_context: repoContext(recon(repo.project)),
      preflight: null,
      approved: null,
      sealed: {},
    });
  },
};

/** Why the contract is asked for once more, when the baseline sent the run back. */
function whyAgain(state: RunState): string {
  const last = state.steps.findLast((s) => s.stage !== 'scoping');
  if (!last) return '';
  return `**The contract has to change:** ${escalation(state, last)}. See ${last.artifact}, which says what helps.`;
}

export type Scoped = {
  contract: Contract;
  repo_context: object;
  preflight: Preflight | null;
  /** Who approved, and the mark that binds it to this machine; null while pending. */
  approved: { by: string; mark: string } | null;
  /** Hashes of the protected files, taken at approval. */
  sealed: Record<string, string>;
};

/** What scoping comes to: `pending` until a person approves. */
export function scopingOutcome(scoped: Scoped): Outcome<ScopingData> {
  const { contract, preflight, approved } = scoped;
  const data: ScopingData = {
    contract,
    contract_hash: hashContract(contract),
    protected: scoped.sealed,
    repo_context: scoped.repo_context as Record<string, unknown>,
    preflight,
    approved_by: approved?.by ?? null,
    approval: approved?.mark ?? null,
  };
  const values = {
    contract: contractMarkdown(contract, scoped.repo_context),
    preflight: preflight
      ? preflightText(preflight, contract)
      : 'Not run yet: it needs the consent of a person (`perf-gate approve` or `perf-gate preflight`).',
    approval: approved
      ? `Approved by ${approved.by}. The contract is sealed as \`${data.contract_hash.slice(0, 16)}\`, with ${Object.keys(scoped.sealed).length} protected files.`
      : 'Pending: a person approves with `perf-gate approve`.',
  };
  return { result: approved ? 'approved' : 'pending', data, values };
}

/** What the artifact tells of the repository. */
export function repoContext({ language, runtime, package_manager, existing_benchmarks }: Recon): object {
  return { language, runtime, package_manager, existing_benchmarks };
}

/** The pre-flight in words. */
export function preflightText(preflight: Preflight, contract: Contract): string {
  const { name, unit } = contract.metrics.primary;
  const observed = Object.entries(preflight.observed).map(([metric, value]) => `${metric} = ${significant(value, 4)}`);
  const seen = preflight.resolvable_pct;
  return [
    `- exit code: 0, in ${preflight.runs} executions of ${code(contract.repro.script)}`,
    `- observed: ${observed.join(', ')} (${name} in ${unit || 'its own unit'})`,
    `- determinism: ${preflight.output === 'agrees' ? 'the output of all executions agrees' : 'the output was not compared (`guards.same_output` is not set)'}`,
    ...(preflight.spread_pct === null ? [] : [`- spread of the pilot runs: ${percent(preflight.spread_pct)}`]),
    ...(seen === null
      ? []
      : [`- smallest improvement that these runs would show four times in five: ${signedPercent(seen)}`]),
    `- cost: about ${preflight.estimate.executions_per_attempt} executions per attempt, ${duration(preflight.estimate.minutes_per_attempt * 60)} each attempt, ${duration(preflight.estimate.minutes_in_all * 60)} for all ${contract.limits.max_attempts} attempts at most`,
    ...preflight.warnings.map((w) => `- warning: ${w}`),
  ].join('\n');
}

/** The contract that an agent starts from: the interview's, with every default taken. */
function suggestion(found: Recon, defaults: Answers, task: string): object {
  const contract = contractFrom(defaults, found, task);
  const script = contract.repro.script || 'the command that reproduces the workload';
  return { ...contract, repro: { ...contract.repro, script } };
}
