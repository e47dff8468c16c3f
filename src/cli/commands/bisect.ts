import { type Bisection, bisect } from '../../compare/bisect/bisect.ts';
import { loadContract } from '../../contract/parse.ts';
import { mustAskOne } from '../../contract/suite.ts';
import { exit, failure } from '../../core/errors.ts';
import { broughtBy, namesOf } from '../../git/line.ts';
import { openRepo, type Repo } from '../../git/repo.ts';
import { bisectionText, type ToldBisection } from '../../report/bisection.ts';
import { define } from '../command.ts';
import { text } from '../options.ts';
import { projectToBegin } from '../project.ts';
import { contractOf, endsOf } from './compare/commits.ts';

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
  options: { '--contract <file>': text('what is measured (default: perf-gate.yaml)') },
  parse({ ends, contract }) {
    const [good, bad, ...more] = ends.flatMap(endsOf);
    if (good !== undefined && bad !== undefined && more.length === 0) return { good, bad, contract };
    throw failure('usage', { problem: '`bisect` takes two commits, a good and a bad one.', hint: example });
  },
  async run({ good, bad, contract }, tools) {
    const project = projectToBegin(tools.cwd);
    const asked = contractFrom(contractOf(contract, project, tools.cwd));
    const repo = await openRepo(project);
    const found = await bisect(repo, tools, { good, bad, contract: asked });
    const inside = await insideOf(repo, found);
    if (tools.json) tools.out(JSON.stringify(shownOf(found, inside)));
    else tools.out(bisectionText(await toldOf(repo, found, inside && commandFor(inside, contract))));
    return found.outcome === 'found' ? exit.done : exit.inconclusive;
  },
});

const contractFrom = (file: string) => mustAskOne(loadContract(file), file);

/** The ends of the line that the merge brought, where a merge was found. */
async function insideOf(repo: Repo, { line, outcome, part }: Bisection) {
  return outcome === 'found' && part && part.upTo - part.after === 1 ? broughtBy(repo, line[part.upTo]!) : null;
}

const commandFor = ({ good, bad }: { good: string; bad: string }, contract: string | undefined) =>
  `perf-gate bisect ${good.slice(0, 10)} ${bad.slice(0, 10)}${contract === undefined ? '' : ` --contract ${contract}`}`;

async function toldOf(repo: Repo, found: Bisection, inside: string | null): Promise<ToldBisection> {
  const { line, part } = found;
  const names = await namesOf(repo, line);
  const name = (at: number) => names.get(line[at]!)!;
  return {
    ...found,
    good: name(0),
    bad: name(line.length - 1),
    commits: line.length - 1,
    first_bad: part && name(part.upTo),
    before: part && name(part.after),
    between: part ? between(part).map(name) : [],
    inside,
    chance: part?.chance ?? null,
    left_out: found.left_out.map(({ at, why }) => ({ commit: name(at), why })),
  };
}

const between = ({ after, upTo }: { after: number; upTo: number }) =>
  Array.from({ length: upTo - after - 1 }, (_, i) => after + 1 + i);

/** The object that `--json` prints. */
function shownOf(found: Bisection, inside: { good: string; bad: string } | null) {
  const { line, outcome, change_pct, part, compared, left_out, executions } = found;
  return {
    outcome,
    good: line[0],
    bad: line.at(-1),
    commits: line.length - 1,
    change_pct,
    first_bad: part && line[part.upTo],
    before: part && line[part.after],
    between: part ? between(part).map((at) => line[at]) : [],
    inside,
    chance: part?.chance ?? null,
    comparison: compared?.kept.comparison ?? null,
    left_out: left_out.map(({ at, why }) => ({ commit: line[at], why })),
    executions,
  };
}
