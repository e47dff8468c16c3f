import { type Bisection, bisect } from '../../compare/bisect/bisect.ts';
import { loadContract } from '../../contract/parse.ts';
import { mustAskOne } from '../../contract/suite.ts';
import { exit } from '../../core/errors.ts';
import { openRepo } from '../../git/repo.ts';
import { bisectionText } from '../../report/bisection.ts';
import { define } from '../command.ts';
import { text } from '../options.ts';
import { projectToBegin } from '../project.ts';
import { toldOf } from './bisection.ts';
import { contractOf } from './compare/commits.ts';
import { fleetOptions } from './fleet/database.ts';

export const command = define({
  name: 'bisect',
  group: 'question',
  arguments: '<good> <bad>',
  completes: 'commits',
  summary: 'find the commit that made it slower',
  detail:
    'Measures commits between the two in turn with the good one, chooses the next by what was seen, and ends with a comparison of the commit with the one before. Commits that cannot be built are left out. The protected files of the good commit are the benchmark of all. Exit code 0: found; 4: not found.',
  example: 'perf-gate bisect v1.4 HEAD --contract perf-gate.yaml',
  options: { '--contract <file>': text('what is measured (default: perf-gate.yaml)'), ...fleetOptions },
  async run({ good, bad, contract: given, on, database }, tools) {
    const project = projectToBegin(tools.cwd);
    const path = contractOf(given, project, tools.cwd);
    const contract = mustAskOne(loadContract(path), path);
    const repo = await openRepo(project);
    if (on !== undefined) {
      const { bisectByFleet } = await import('./fleet/bisect.ts');
      return bisectByFleet(repo, { good, bad, contract, path, on, database }, tools);
    }
    const found = shownOf(await bisect(repo, tools, { good, bad, contract }));
    if (tools.json) tools.out(JSON.stringify(found));
    else tools.out(bisectionText(await toldOf(repo, found)));
    return found.outcome === 'found' ? exit.done : exit.inconclusive;
  },
});

const between = ({ after, upTo }: { after: number; upTo: number }) =>
  Array.from({ length: upTo - after - 1 }, (_, i) => after + 1 + i);

/** The object that `--json` prints. */
function shownOf({ line, outcome, change_pct, part, compared, left_out, executions }: Bisection) {
  return {
    outcome,
    good: line[0]!,
    bad: line.at(-1)!,
    commits: line.length - 1,
    change_pct,
    first_bad: part && line[part.upTo]!,
    before: part && line[part.after]!,
    between: part ? between(part).map((at) => line[at]!) : [],
    chance: part?.chance ?? null,
    comparison: compared?.kept.comparison ?? null,
    left_out: left_out.map(({ at, why }) => ({ commit: line[at]!, why })),
    executions,
  };
}
