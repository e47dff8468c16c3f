import { exit, isFailure } from '../../core/errors.ts';
import { count, oneLine } from '../../core/text.ts';
import { glanceAt } from '../../record/glance.ts';
import { outcomeOf } from '../../record/outcome.ts';
import { comparisonIds, runIds } from '../../record/runs.ts';
import { define } from '../command.ts';
import { projectOf } from '../terminal/find-run.ts';

export const command = define({
  name: 'list',
  group: 'look',
  summary: 'list the runs and the comparisons of this project',
  example: 'perf-gate list',
  silent: true,
  async run(_, tools) {
    const project = await projectOf(tools.cwd);
    const runs = runIds(project).map((id) => runRow(project, id));
    const comparisons = await comparisonRows(project);
    if (tools.json) {
      tools.out(JSON.stringify({ runs, comparisons }));
      return exit.done;
    }
    if (runs.length === 0) tools.say('There is no run yet. To begin one: `perf-gate start "what should be faster"`.');
    const lines = [
      ...runs.map((r) => `${r.run}  ${(r.outcome ?? r.stage).padEnd(12)} ${r.accepted}/${r.attempts}  ${r.task}`),
      ...(comparisons.length > 0 ? [...(runs.length > 0 ? [''] : []), 'Comparisons'] : []),
      ...comparisons.map((c) => {
        const suite = c.benchmarks === null ? '' : ` (${count(c.benchmarks, 'benchmark')})`;
        return `${c.comparison}  ${c.verdict.padEnd(12)} ${c.base} → ${c.head}${suite}`;
      }),
    ];
    if (lines.length > 0) tools.out(lines.join('\n'));
    return exit.done;
  },
});

function runRow(project: string, run: string) {
  try {
    const { task, stage, ended, attempts } = glanceAt(project, run);
    return {
      run,
      task: oneLine(task),
      stage,
      outcome: outcomeOf(ended, attempts),
      attempts: attempts.length,
      accepted: attempts.filter(({ kept }) => kept).length,
    };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { run, task: error.message, stage: 'unreadable', outcome: null, attempts: 0, accepted: 0 };
  }
}

/** `base` and `head`: the names that the user typed. `benchmarks`: the number of benchmarks of a suite; null for a single comparison. */
type ComparisonRow = {
  comparison: string;
  verdict: string;
  base: string;
  head: string;
  finished_at: string | null;
  benchmarks: number | null;
};

async function comparisonRows(project: string): Promise<ComparisonRow[]> {
  const ids = comparisonIds(project);
  if (ids.length === 0) return [];
  // these two modules are loaded only here, because they load a YAML parser, which a list of runs does not need
  const { readComparison } = await import('../../record/comparison.ts');
  const { isSuiteRecord, readSuite } = await import('../../record/suite.ts');
  return ids.map((comparison) => {
    try {
      const suite = isSuiteRecord(project, comparison) ? readSuite(project, comparison).data : null;
      const { verdict, names, finished_at } = suite ?? readComparison(project, comparison).data;
      const benchmarks = suite?.benchmarks.length ?? null;
      return { comparison, verdict, base: oneLine(names.base), head: oneLine(names.head), finished_at, benchmarks };
    } catch (error) {
      if (!isFailure(error)) throw error;
      return { comparison, verdict: 'unreadable', base: '', head: error.message, finished_at: null, benchmarks: null };
    }
  });
}
