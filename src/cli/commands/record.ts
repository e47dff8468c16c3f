import type { SeriesSummary } from '../../bench/measure/summary.ts';
import type { Contract } from '../../contract/schema/contract.ts';
import { hashContract } from '../../contract/seal.ts';
import { failure } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import { deciding } from '../../experiment/verdict.ts';
import { commitFacts, firstCommit } from '../../git/history.ts';
import { dirtyFiles, head, openRepo, type Repo } from '../../git/repo.ts';
import type { Environment } from '../../measure/environment/environment.ts';
import { monitorHome, monitorPaths } from '../../monitor/home.ts';
import { addBench, type BenchPoint } from '../../monitor/store/bench.ts';
import { openStore } from '../../monitor/store/open.ts';
import type { Comparison } from '../../record/comparison.ts';
import { medianInterval } from '../../stats/median-interval.ts';
import { median } from '../../stats/robust.ts';
import type { Tools } from '../terminal/tools.ts';

type Recording = Pick<Tools, 'cwd' | 'env' | 'say'>;

/** Which repository this is, wherever it is cloned, and the folder in it. @throws usage: a shallow clone cannot tell */
export async function projectName(repo: Repo): Promise<string> {
  const first = await firstCommit(repo);
  if (first !== null) return `${first} ${repo.prefix}`;
  throw failure('usage', {
    problem: 'This clone is shallow: it does not hold the first commit, by which a series knows its repository.',
    hint: 'Fetch the whole history: git fetch --unshallow (in GitHub Actions: fetch-depth: 0).',
  });
}

/** Keeps both arms of a comparison of two commits. An arm that was not measured now, or not to the end, is left out. */
export async function recordComparison(comparison: Comparison, folder: string, tools: Recording): Promise<void> {
  const { contract, environment, against } = comparison;
  const session = deciding(comparison.sessions);
  if (comparison.sessions.broken || !session || !environment) return tools.say('Nothing was recorded: a run failed.');
  const repo = await openRepo(folder);
  const { name, unit, lower_is_better } = contract.metrics.primary;
  const series = {
    name: contract.repro.script ?? 'load',
    metric: name,
    unit,
    lower_is_better,
    project: await projectName(repo),
    contract: measuredBy(contract as Contract),
    machine: machineOf(environment),
    instrument: session.method,
  };
  const other = comparison.protected_from_base.length > 0;
  const laid = comparison.cautions.some(({ code }) => code === 'laid_over');
  const t = Date.parse(comparison.finished_at);
  const arm = async (which: 'base' | 'head', values: number[], dirty: boolean): Promise<BenchPoint[]> =>
    values.length === 0
      ? []
      : [{ ...series, t, arm: which, commit: await commitFacts(repo, comparison[which]), dirty, ...figuresOf(values) }];
  await keep(
    [
      ...(against === null ? await arm('base', session.base, laid) : []),
      ...(await arm('head', session.candidate, laid || other)),
    ],
    tools,
  );
}

/** Keeps the wall time of each command: of the commit that is checked out, or by time where there is no repository. */
export async function recordMeasured(summary: SeriesSummary, t: number, tools: Recording): Promise<void> {
  const repo = await openRepo(tools.cwd).catch(() => null);
  const at = repo && (await commitFacts(repo, (await head(repo)).commit));
  const dirty = repo !== null && (await dirtyFiles(repo)).length > 0;
  const project = repo ? await projectName(repo) : tools.cwd;
  const points = summary.commands.flatMap(({ command, wall }): BenchPoint[] => [
    {
      ...{ name: command, metric: wall.name, unit: wall.unit, lower_is_better: true, project },
      contract: sha256(`measure ${command}`),
      machine: machineOf(summary.environment),
      instrument: summary.method,
      ...{ t, arm: 'command', commit: at, dirty, ...figuresOf(wall.values) },
    },
  ]);
  await keep(points, tools);
}

const figuresOf = (values: number[]) => ({ values, median: median(values), ci95: medianInterval(values) });

async function keep(points: readonly BenchPoint[], tools: Recording): Promise<void> {
  const db = await openStore(monitorPaths(monitorHome(tools.env)).database);
  try {
    const added = addBench(db, points);
    tools.say(`Recorded ${added === 1 ? '1 point' : `${added} points`}: perf-gate monitor trends bench:`);
  } finally {
    db.close();
  }
}

/** What is run and measured; how often, and what is asked of it, may change within a series. */
const measuredBy = ({ repro, metrics, room, network, isolation }: Contract) => {
  const { warmup_runs: _w, measurement_runs: _m, max_runs: _x, ...run } = repro;
  return hashContract({ repro: run, metric: metrics.primary, room, network, isolation } as unknown as Contract);
};

/** Machines with the same of these are one kind; the kernel and Node may be updated within a series. */
const machineOf = ({ cpu_model, cores, platform, governor, virtualised, cpu_quota, on_battery }: Environment) =>
  [
    `${cores} × ${cpu_model}, ${platform}`,
    governor,
    virtualised && `virtual (${virtualised})`,
    cpu_quota !== null && `${cpu_quota} CPUs allowed`,
    on_battery && 'on battery',
  ]
    .filter(Boolean)
    .join(', ');
