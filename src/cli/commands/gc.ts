import { dropComparison } from '../../compare/keep.ts';
import { exit } from '../../core/errors.ts';
import { count } from '../../core/text.ts';
import { dropStrayArms } from '../../experiment/arms-folder.ts';
import { gc } from '../../git/refs.ts';
import { openRepo } from '../../git/repo.ts';
import { readRun } from '../../record/read-run.ts';
import { comparisonIds, runIds } from '../../record/runs.ts';
import { runsGone } from '../../run/gone.ts';
import { locked } from '../../run/run-lock.ts';
import { define } from '../command.ts';
import { flag, number } from '../options.ts';
import { projectOfRuns } from '../project.ts';

export const command = define({
  name: 'gc',
  group: 'machine',
  summary: 'drop snapshots, comparisons and arms that are no longer needed',
  example: 'perf-gate gc --keep 5',
  options: {
    '--keep <n>': number('keep this many newest comparisons, and the snapshots of this many newest runs', {
      least: 0,
      whole: true,
      otherwise: 10,
    }),
    '--kept': flag('also drop saved edits that were never judged; these edits may exist nowhere else'),
  },
  async run({ keep, kept: alsoKept }, tools) {
    const repo = await openRepo(projectOfRuns(tools.cwd));
    return locked(repo, 'gc', async () => {
      const ids = runIds(repo.project);
      const active = ids.filter((id) => !readRun(repo.project, id).ended);
      const newest = new Set([...active, ...ids.slice(keep === 0 ? ids.length : -keep)]);
      const old = ids.filter((id) => !newest.has(id));
      const { dropped, kept } = await gc(repo, old, alsoKept);
      const over = ids.filter((id) => !active.includes(id));
      const arms = dropStrayArms(tools.env, repo.project, [...over, ...(await runsGone(repo))]);
      const found = comparisonIds(repo.project);
      const comparisons = found.slice(0, Math.max(0, found.length - keep));
      for (const id of comparisons) dropComparison(repo.project, id);
      if (tools.json) tools.out(JSON.stringify({ dropped, arms, comparisons, kept }));
      else
        tools.say(
          `Dropped the snapshots of ${dropped.length} runs, ${comparisons.length} comparisons, and ${arms} folders of crashed measurements.${kept > 0 ? ` Kept ${count(kept, 'ref')} of edits that were never judged; --kept drops them.` : ''}`,
        );
      return exit.done;
    });
  },
});
