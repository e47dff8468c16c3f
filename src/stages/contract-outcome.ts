import { contractMarkdown } from '../contract/markdown.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { hashContract, hashProtected } from '../contract/seal.ts';
import type { Preflight, ScopingData } from '../record/data.ts';
import { protectedPatterns } from '../record/protected.ts';
import type { Outcome } from '../record/state.ts';
import { preflightText } from '../report/markdown/preflight.ts';
import { sealedText } from '../report/markdown/sealed.ts';
import type { Recon } from '../scoping/recon/recon.ts';
import { sealedByDefault } from '../scoping/sealed.ts';

type Proposed = { contract: Contract; repo_context: object; preflight: Preflight | null };

/** The project, and the contract's path in it. `contract_file`: null if the contract lies outside of the project. */
type Place = { project: string; contract_file: string | null };

/** An approval. `by`: who approved. `mark`: a text that binds the approval to this machine. */
type Approval = { by: string; mark: string; git_settings: Record<string, string> };

/**
 * The outcome of the stage `scoping`: The result is `pending` until a person approves the contract. The approval seals the contract and the
 * files that the contract protects.
 */
export async function contractOutcome(
  { contract, repo_context, preflight }: Proposed,
  { project, contract_file }: Place,
  approval: Approval | null,
): Promise<Outcome<ScopingData>> {
  const sealed = await sealedByDefault(contract, project);
  const patterns = protectedPatterns(contract, sealed, contract_file);
  const data: ScopingData = {
    contract,
    contract_hash: hashContract(contract),
    protected: approval ? hashProtected(project, patterns) : {},
    sealed,
    ...(approval && { git_settings: approval.git_settings }),
    repo_context: repo_context as Record<string, unknown>,
    preflight,
    approved_by: approval?.by ?? null,
    approval: approval?.mark ?? null,
  };
  const values = {
    contract: [contractMarkdown(contract, repo_context), sealedText(sealed)].filter(Boolean).join('\n\n'),
    preflight: preflight
      ? preflightText(preflight, contract)
      : 'The pre-flight did not run yet, because it needs the consent of a person (`perf-gate approve` or `perf-gate preflight`).',
    approval: approval
      ? `Approved by ${approval.by}. The contract is sealed as \`${data.contract_hash.slice(0, 16)}\`, with ${Object.keys(data.protected).length} protected files.`
      : 'Pending: a person approves with `perf-gate approve`.',
  };
  return { result: approval ? 'approved' : 'pending', data, values };
}

/** The facts about the repository that the stage's artifact shows. */
export function repoContext({ language, runtime, package_manager, existing_benchmarks }: Recon): object {
  return { language, runtime, package_manager, existing_benchmarks };
}
