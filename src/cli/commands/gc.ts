import { exit, failure } from '../../core/errors.ts';
import { dropStrayArms } from '../../experiment/stray-arms.ts';
import { gc } from '../../git/refs.ts';
import { openRepo } from '../../git/repo.ts';
import { readRun, runIds } from '../../record/runs.ts';
import type { Run } from '../command.ts';
import { locked } from '../terminal/with-run.ts';

const KEEP = 10;

export const run: Run = async (_, options, tools) => {
  const keep = options.keep === undefined ? KEEP : Number(options.keep);
  if (!Number.isInteger(keep) || keep < 0)
    throw failure('usage', {
      problem: `--keep ${options.keep} is not a number of runs.`,
      hint: 'Pass a whole number, such as --keep 5.',
    });
  const repo = await openRepo(tools.cwd);
  return locked(repo, 'gc', async () => {
    const ids = runIds(repo.project);
    const active = ids.filter((id) => !readRun(repo.project, id).ended);
    const kept = new Set([...active, ...ids.slice(keep === 0 ? ids.length : -keep)]);
    const dropped = await gc(
      repo,
      ids.filter((id) => !kept.has(id)),
    );
    const arms = dropStrayArms(
      tools.env,
      repo.project,
      ids.filter((id) => !active.includes(id)),
    );
    if (tools.json) tools.out(JSON.stringify({ dropped, arms }));
    else tools.say(`Dropped the snapshots of ${dropped.length} runs, and ${arms} folders of crashed measurements.`);
    return exit.done;
  });
};
