import { matchesProtected } from '../contract/protects.ts';
import { hashContract, hashProtected, protectedChanges } from '../contract/seal.ts';
import { changes, changesInProject } from '../git/changes.ts';
import { branchRef } from '../git/commit.ts';
import { readRef } from '../git/refs.ts';
import { head } from '../git/repo.ts';
import { firstTip, hasContract, scopingOf, tipOf } from '../record/history.ts';
import { protectedOf } from '../record/protected.ts';
import { isStep } from '../record/state.ts';
import type { Checked, Evidence, EvidenceInPlace } from './evidence.ts';
import { differences, type Finding, findingsOf } from './finding.ts';

/** Checks that every contract has the recorded hash, and that the protected files are unchanged since the contract's approval. */
export async function checkContract(evidence: EvidenceInPlace): Promise<Checked> {
  const { state } = evidence;
  const sealed = hasContract(state) && scopingOf(state).approved_by !== null;
  const { findings } = checkContractHash(evidence);
  return { findings: [...findings, ...(sealed ? await checkProtected(evidence) : [])] };
}

/** Checks that every contract has its recorded hash. */
export function checkContractHash({ made }: Pick<Evidence, 'made'>): Checked {
  const findings = made
    .map(({ step }) => step)
    .filter((step) => isStep(step, 'scoping'))
    .flatMap(({ data: { contract, contract_hash }, artifact }) => {
      const found = { contract_hash: hashContract(contract) };
      return findingsOf('contract_hash', artifact ?? '', differences({ contract_hash }, found));
    });
  return { findings };
}

/**
 * Checks the protected files of the work tree and of the branch. After the end of the run, neither the user's own branch nor a work tree on
 * another branch is checked, because the user may change both.
 */
async function checkProtected({ repo, state }: EvidenceInPlace): Promise<Finding[]> {
  const { protected: sealed } = scopingOf(state);
  const patterns = protectedOf(state);
  const branch = state.git.branch ?? state.git.original_branch;
  const isOurs = !state.ended || state.git.branch !== null;
  const now = await head(repo);
  const onDisk = isOurs && now.branch === branch ? protectedChanges(sealed, hashProtected(repo.project, patterns)) : [];
  const tip = isOurs ? ((await readRef(repo, branchRef(branch))) ?? now.commit) : tipOf(state);
  const committed = changesInProject(repo, await changes(repo, firstTip(state), tip));
  const touched = new Set(
    matchesProtected(
      committed.map((c) => c.path),
      patterns,
    ),
  );
  return [
    ...onDisk.map(
      ({ path, kind }): Finding => ({
        code: 'protected_changed',
        where: path,
        expected: sealed[path] ?? null,
        found: kind,
      }),
    ),
    ...committed
      .filter((c) => touched.has(c.path))
      .map((c): Finding => ({ code: 'protected_committed', where: c.path, expected: c.blob_from, found: c.blob_to })),
  ];
}
