import { type Bisection, bisect } from '../../compare/bisect/bisect.ts';
import { loadContract } from '../../contract/parse.ts';
import { mustAskOne } from '../../contract/suite.ts';
import { exit, failure } from '../../core/errors.ts';
import { broughtBy } from '../../git/line.ts';
import { openRepo, type Repo } from '../../git/repo.ts';
import { bisectionText } from '../../report/bisection.ts';
import { define } from '../command.ts';
import { text } from '../options.ts';
import { projectToBegin } from '../project.ts';
import { type Found, toldOf } from './bisection.ts';
import { contractOf, endsOf } from './compare/commits.ts';
import { fleetOptions } from './fleet/database.ts';

const example = 'perf-gate bisect v1.4 HEAD --contract perf-gate.yaml';

export const command = define({
  name: 'bisect',
  group: 'question',
  arguments: '[ends...]',
  usage: '[options] <good> <bad>',
  completes: 'commits',
  summary: 'find the commit that made it slower',
  detail:
    'Measures commits between the two in turn with the good one, chooses the next by what was seen, and ends with a comparison of the commit with the one before. Commits that cannot be built are left out. The protected files of the good commit are the benchmark of all. Exit code 0: found; 4: not found.',
  example,
  options: { '--contract <file>': text('what is measured (default: perf-gate.yaml)'), ...fleetOptions },
  parse({ ends, ...given }) {
    const [good, bad, ...more] = ends.flatMap(endsOf);
    if (good !== undefined && bad !== undefined && more.length === 0) return { good, bad, ...given };
    throw failure('usage', { problem: '`bisect` takes two commits, a good and a bad one.', hint: example });
  },
  async run({ good, bad, contract: given, on, database }, tools) {
    const project = projectToBegin(tools.cwd);
    const path = contractOf(given, project, tools.cwd);
    const contract = mustAskOne(loadContract(path), path);
    const repo = await openRepo(project);
    const options = given === undefined ? '' : ` --contract ${given}`;
    if (on !== undefined) {
      const { bisectByFleet } = await import('./fleet/bisect.ts');
      return bisectByFleet(repo, { good, bad, contract, path, on, database, options: `${options} --on ${on}` }, tools);
    }
    const bisection = await bisect(repo, tools, { good, bad, contract });
    const found = foundBy(bisection, await insideOf(repo, bisection));
    const comparison = bisection.compared?.kept.comparison ?? null;
    if (tools.json) tools.out(JSON.stringify({ ...found, comparison }));
    else tools.out(bisectionText(await toldOf(repo, found, options)));
    return found.outcome === 'found' ? exit.done : exit.inconclusive;
  },
});

/** The ends of the line that the merge brought, where a merge was found. */
async function insideOf(repo: Repo, { line, outcome, part }: Bisection) {
  return outcome === 'found' && part && part.upTo - part.after === 1 ? broughtBy(repo, line[part.upTo]!) : null;
}

const between = ({ after, upTo }: { after: number; upTo: number }) =>
  Array.from({ length: upTo - after - 1 }, (_, i) => after + 1 + i);

function foundBy({ line, outcome, change_pct, part, left_out, executions }: Bisection, inside: Found['inside']): Found {
  return {
    outcome,
    good: line[0]!,
    bad: line.at(-1)!,
    commits: line.length - 1,
    change_pct,
    first_bad: part && line[part.upTo]!,
    before: part && line[part.after]!,
    between: part ? between(part).map((at) => line[at]!) : [],
    inside,
    chance: part?.chance ?? null,
    left_out: left_out.map(({ at, why }) => ({ commit: line[at]!, why })),
    executions,
  };
}
