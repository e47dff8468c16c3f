import { existsSync, readFileSync } from 'node:fs';
import { samplesFile } from '../../artifact/samples.ts';
import { parseContract } from '../../contract/parse.ts';
import type { World } from '../../core/world.ts';
import { correctAsMeasured } from '../../experiment/as-measured.ts';
import { askedBy } from '../../experiment/asked-by.ts';
import { caveatsOfArms, type MadeArms, watchingArms } from '../../experiment/caveats/by-arms.ts';
import type { Caveat } from '../../experiment/caveats/caveat.ts';
import { closedArms } from '../../experiment/closed-arms.ts';
import { hasPassed } from '../../experiment/has-passed.ts';
import type { Primary } from '../../experiment/judged.ts';
import { concluded, executed } from '../../experiment/session.ts';
import { sessionJudge } from '../../experiment/session-judge.ts';
import { type RepoSetup, temporarySetup } from '../../experiment/setup.ts';
import { judged, needsConfirmation } from '../../experiment/verdict.ts';
import { changes, patch } from '../../git/changes.ts';
import { openRepo, treeOf } from '../../git/repo.ts';
import { type SessionAnswer, type SessionJob, sessionJob } from '../session-job.ts';

/**
 * Measures the session that a file describes, in the project of the current folder. The arms are clean trees of both commits, which the
 * contract's setup prepares. The worker judges the samples only to decide when to stop. The client then judges the same samples again.
 * @throws command_failed, interrupted, and the errors of a session
 */
export async function sessionHere(file: string, world: World): Promise<SessionAnswer & { samples: string | null }> {
  const asked = sessionJob.parse(JSON.parse(readFileSync(file, 'utf8')));
  const repo = await openRepo(world.cwd);
  const contract = { ...parseContract(asked.contract, 'the contract'), isolation: 'worktree' as const };
  const { setup, leave } = await temporarySetup({ repo, world, contract }, 'compare', asked.run);
  try {
    const answer = await measured(setup, asked);
    const samples = samplesFile(setup.samples, asked.plan.id);
    return { ...answer, samples: existsSync(samples) ? readFileSync(samples, 'utf8') : null };
  } finally {
    leave();
  }
}

async function measured(setup: RepoSetup, { base, head, kind, plan }: SessionJob): Promise<SessionAnswer> {
  const trees = { base: await treeOf(setup.repo, base), candidate: await treeOf(setup.repo, head) };
  const [first, second] = kind === 'confirmation' ? (['b', 'a'] as const) : (['a', 'b'] as const);
  return watchingArms(async ({ watch }) => {
    const made = await closedArms(setup, kind, (arm) => ({
      name: arm === 'base' ? first : second,
      from: { frozen: null, tree: trees[arm], against: trees[arm === 'base' ? 'candidate' : 'base'] },
    }));
    if ('code' in made) return { unready: made };
    const planned = { ...plan, ...watch(made) };
    const judge = sessionJudge(setup.contract, plan);
    const { samples, ...ending } = await executed(setup, planned, judge);
    const { data, broken } = concluded(setup, plan, judge, { ...ending, samples });
    const decides = kind === 'confirmation' || (kind === 'screen' && !needsConfirmation(data, setup.contract));
    const may = decides && broken === null && hasPassed(data);
    const checked = may ? await correctAsMeasured(setup, made.arms) : { broken: null, warnings: [] };
    const sessions = { broken: null, screen: data, confirmation: null };
    const { primary } = judged(sessions, askedBy(setup.contract));
    const told = may && !checked.broken ? await caveatsOf(setup, made.arms, { ...trees, primary }) : [];
    return { ended: { ...ending, method: setup.instrument.method, checked, told } };
  });
}

async function caveatsOf(
  setup: RepoSetup,
  arms: MadeArms,
  { base, candidate, primary }: { base: string; candidate: string; primary: Primary | null },
): Promise<Caveat[]> {
  const changed = await changes(setup.repo, base, candidate);
  return caveatsOfArms(setup, [arms], { changed, patch: () => patch(setup.repo, base, candidate), primary });
}
