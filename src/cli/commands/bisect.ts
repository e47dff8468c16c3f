import { type Bisection, bisect } from '../../compare/bisect/bisect.ts';
import { loadContract, stringifyContract } from '../../contract/parse.ts';
import type { Contract } from '../../contract/schema/contract.ts';
import { benchmarkNamed, mustAskOne } from '../../contract/suite.ts';
import { exit, failure } from '../../core/errors.ts';
import { shellWord } from '../../core/text.ts';
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
  summary: 'find the commit that made a metric worse',
  detail:
    'Measures commits of the range; the executions of each commit alternate with executions of the good commit. The samples so far decide which commit is measured next. At the end `bisect` compares the found commit with the commit before it. Commits that cannot be built are left out. All commits are measured with the protected files of the good commit. Exit code 0: found; 4: not found.',
  example,
  options: {
    '--contract <file>': text('the contract to measure by (default: perf-gate.yaml)'),
    '--benchmark <name>': text('the name of the benchmark, if the contract is a suite'),
    ...fleetOptions,
  },
  parse({ ends, ...given }) {
    const [good, bad, ...more] = ends.flatMap(endsOf);
    if (good !== undefined && bad !== undefined && more.length === 0) return { good, bad, ...given };
    throw failure('usage', { problem: '`bisect` takes two commits, a good and a bad one.', hint: example });
  },
  async run({ good, bad, contract: file, benchmark, on, database, remote }, tools) {
    const project = projectToBegin(tools.cwd);
    const path = contractOf(file, project, tools.cwd);
    const contract = askedIn(path, benchmark);
    const repo = await openRepo(project);
    const options = optionsOf({ contract: file, benchmark, on, remote });
    if (on !== undefined) {
      const { bisectByFleet } = await import('./fleet/bisect.ts');
      const text = benchmark === undefined ? null : stringifyContract(contract);
      return bisectByFleet(repo, { good, bad, contract, path, text, on, database, remote, options }, tools);
    }
    const bisection = await bisect(repo, tools, { good, bad, contract });
    const found = foundBy(bisection, await insideOf(repo, bisection));
    const comparison = bisection.compared?.kept.comparison ?? null;
    if (tools.json) tools.out(JSON.stringify({ ...found, comparison }));
    else tools.out(bisectionText(await toldOf(repo, found, options)));
    return found.outcome === 'found' ? exit.done : exit.inconclusive;
  },
});

function askedIn(file: string, benchmark: string | undefined): Contract {
  const contract = loadContract(file);
  return mustAskOne(benchmark === undefined ? contract : benchmarkNamed(contract, benchmark, file), file);
}

/** If the found commit is a merge: the first and the last commit that the merge brought in. */
async function insideOf(repo: Repo, { line, outcome, part }: Bisection) {
  return outcome === 'found' && part && part.upTo - part.after === 1 ? broughtBy(repo, line[part.upTo]!) : null;
}

/** The options as the user typed them. If the found commit is a merge, perf-gate suggests a command with the same options. */
const optionsOf = (given: Record<string, string | undefined>): string =>
  Object.entries(given)
    .flatMap(([name, value]) => (value === undefined ? [] : [` --${name} ${shellWord(value)}`]))
    .join('');

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
