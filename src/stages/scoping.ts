import { stringify } from 'yaml';
import { parseContract } from '../contract/parse.ts';
import { mustAskOne } from '../contract/suite.ts';
import { failure } from '../core/errors.ts';
import { hasContract, scopingOf } from '../record/history.ts';
import type { ActorStage, RunState } from '../record/state.ts';
import { bullets } from '../report/markdown/syntax.ts';
import { escalation } from '../report/story/of-run.ts';
import { withMissingProfilers } from '../scoping/choose-profiler.ts';
import { contractFrom } from '../scoping/interview/contract-from.ts';
import { defaultAnswers, questions, questionsText } from '../scoping/interview/interview.ts';
import type { Answers } from '../scoping/interview/question.ts';
import { machineOf } from '../scoping/machine.ts';
import { type Recon, recon } from '../scoping/recon/recon.ts';
import { contractOutcome, repoContext } from './contract-outcome.ts';

export const scoping: ActorStage = {
  async prepare({ state, repo, world }) {
    const found = await withMissingProfilers(recon(repo.project, await machineOf(world.env)), world.env);
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

  async receive({ repo, state }, { file, result, draft }) {
    if (result !== 'pending') throw failure('approval_by_person');
    const contract = mustAskOne(parseContract(stringify(draft.contract ?? null), file), file);
    const repo_context = repoContext(recon(repo.project));
    const place = { project: repo.project, contract_file: state.options.contract_file };
    return contractOutcome({ contract, repo_context, preflight: null }, place, null);
  },
};

/** The reason why the contract has to change. Empty unless a later stage sent the run back. */
function whyAgain(state: RunState): string {
  const last = state.steps.findLast((s) => s.stage !== 'scoping');
  if (!last) return '';
  return `**The contract has to change:** ${escalation(state, last)}. ${last.artifact} lists remedies.`;
}

/** The contract of an agent's first draft, which results from the default answers of the interview. */
function suggestion(found: Recon, defaults: Answers, task: string): object {
  const contract = contractFrom(defaults, found, task);
  const script = contract.repro.script || 'the command that reproduces the workload';
  return { ...contract, repro: { ...contract.repro, script } };
}
