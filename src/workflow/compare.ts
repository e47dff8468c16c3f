import { join } from 'node:path';
import { redactor } from '../artifact/redact.ts';
import type { Contract } from '../contract/schema.ts';
import { matchesProtected } from '../contract/seal.ts';
import { requireSecrets } from '../contract/secrets.ts';
import { failure } from '../core/errors.ts';
import { remove, temporaryDir } from '../core/fs.ts';
import type { World } from '../core/world.ts';
import { changes, reversed } from '../git/changes.ts';
import { type Repo, resolveCommit, treeOf } from '../git/repo.ts';
import { treeWith } from '../git/temporary-index.ts';
import { userCache } from '../measure/cache.ts';
import { findInstrument } from '../measure/instrument.ts';
import { isUnprepared, makeArm, mustBeReady, runInArm } from '../stages/shared/arms.ts';
import type { AttemptRecord, RemeasureData } from '../stages/shared/data.ts';
import { type GateResult, gate } from '../stages/shared/gate.ts';
import type { Ground } from '../stages/shared/ground.ts';
import { deciding, judgeAttempt } from '../stages/shared/judge-attempt.ts';
import { primaryOf } from '../stages/verdict.ts';
import { looks } from '../stats/looks.ts';

/** The verdict on two commits, with the names of a run's attempt. */
export type Comparison = Pick<AttemptRecord, 'verdict' | 'reasons' | 'primary' | 'watchdogs'> & {
  base: string;
  head: string;
  /** Protected files that differ; both arms were measured with those of the base. */
  protected_from_base: string[];
  measured: RemeasureData;
};

/** Judges two commits: clean trees outside the project, made runnable by `setup`, measured by the engine of a run. */
export async function compare(
  repo: Repo,
  world: World,
  given: { base: string; head: string; contract: Contract },
): Promise<Comparison> {
  const contract: Contract = { ...given.contract, isolation: 'worktree', order: 'interleaved' };
  const base = await resolveCommit(repo, given.base);
  const head = await resolveCommit(repo, given.head);
  const { tree, kept } = await withProtectedOf(repo, { base, head, patterns: contract.guards.protected });
  const place = temporaryDir(join(userCache(world.env), 'arms'), 'compare-');
  const ground: Ground = {
    repo,
    world,
    contract,
    instrument: await findInstrument(world.env),
    redact: redactor(requireSecrets(repo.project, contract.secrets_file), world.env),
    place,
    samples: join(place, 'samples'),
    seed: `${base}..${head}`,
  };
  try {
    const measured = await measure(ground, { base: await treeOf(repo, base), head: tree });
    const { verdict, reasons } = judgeAttempt(measured, contract);
    const session = deciding(measured);
    return {
      base,
      head,
      verdict,
      reasons: reasons.map((r) => `${r.code}: ${r.text}`),
      primary: primaryOf(session, contract),
      watchdogs: session?.watchdogs ?? [],
      protected_from_base: kept,
      measured,
    };
  } finally {
    remove(place);
  }
}

/** The head's tree with the base's protected files: a change may not bring the benchmark that judges it. */
async function withProtectedOf(
  repo: Repo,
  { base, head, patterns }: { base: string; head: string; patterns: string[] },
): Promise<{ tree: string; kept: string[] }> {
  const differing = (await changes(repo, base, head)).filter((c) => c.path.startsWith(repo.prefix));
  const kept = new Set(
    matchesProtected(
      differing.map((c) => c.path.slice(repo.prefix.length)),
      patterns,
    ),
  );
  const back = differing.filter((c) => kept.has(c.path.slice(repo.prefix.length))).map(reversed);
  return {
    tree: back.length > 0 ? await treeWith(repo, head, back) : await treeOf(repo, head),
    kept: [...kept].sort(),
  };
}

async function measure(ground: Ground, trees: { base: string; head: string }): Promise<RemeasureData> {
  const { correctness } = ground.contract.guards;
  const none = { screen: null, confirmation: null, skipped_files: [] };
  const tried = await makeArm(ground, 'b', { frozen: null, tree: trees.head });
  const failed = isUnprepared(tried)
    ? tried
    : correctness
      ? await runInArm(ground, tried, 'correctness', correctness)
      : undefined;
  if (failed)
    return {
      ...none,
      broken: { code: `${failed.what}_failed`, text: `\`${failed.command}\` failed on the head (${failed.reason})` },
    };
  const screened = await session(ground, 'screen', trees);
  const settled = screened.broken || screened.data.stopped !== 'passed' || !ground.contract.confirm;
  const confirmed = settled ? null : await session(ground, 'confirmation', trees);
  const broken = screened.broken ?? confirmed?.broken ?? null;
  return {
    broken: broken && { code: broken.code, text: broken.text },
    screen: screened.data,
    confirmation: confirmed?.data ?? null,
    skipped_files: [],
  };
}

async function session(
  ground: Ground,
  name: 'screen' | 'confirmation',
  trees: { base: string; head: string },
): Promise<GateResult> {
  const [baseDir, headDir] = name === 'screen' ? (['a', 'b'] as const) : (['b', 'a'] as const);
  const { significance, repro } = ground.contract;
  // Without an A/A session nothing speaks for the signed-rank test.
  const test = significance.test === 'auto' ? 'mann_whitney' : significance.test;
  const result = await gate(ground, {
    id: name,
    label: name,
    arms: {
      base: mustBeReady(await makeArm(ground, baseDir, { frozen: null, tree: trees.base })),
      candidate: mustBeReady(await makeArm(ground, headDir, { frozen: null, tree: trees.head })),
    },
    looks: looks(repro.measurement_runs, repro.max_runs, significance.alpha, test),
    test,
    decides: true,
  });
  if (result.broken?.arm === 'base')
    throw failure('command_failed', {
      what: 'repro on the base',
      command: repro.script,
      reason: result.broken.text,
      output: '',
    });
  return result;
}
