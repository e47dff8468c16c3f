import { redactData, redactor } from '../../artifact/redact.ts';
import type { SeriesSummary } from '../../bench/measure/summary.ts';
import type { Contract } from '../../contract/schema/contract.ts';
import { readSecrets } from '../../contract/secrets.ts';
import { failure } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import { count } from '../../core/text.ts';
import type { Entrant } from '../../experiment/lineup.ts';
import { deciding } from '../../experiment/verdict.ts';
import { commitFacts, firstCommit } from '../../git/history.ts';
import { dirtyFiles, head, type Repo, repoOrNull } from '../../git/repo.ts';
import type { Environment } from '../../measure/environment/environment.ts';
import { measuredBy } from '../../monitor/analytics/measured-by.ts';
import { monitorHome, monitorPaths } from '../../monitor/home.ts';
import { commandName } from '../../monitor/sources/command-name.ts';
import { addBench, type BenchPoint } from '../../monitor/store/bench.ts';
import { openStore } from '../../monitor/store/open.ts';
import type { Comparison } from '../../record/comparison.ts';
import { medianInterval } from '../../stats/median-interval.ts';
import { median } from '../../stats/robust.ts';
import type { Tools } from '../terminal/tools.ts';

type Recording = Pick<Tools, 'cwd' | 'env' | 'say'>;

/**
 * The data that a recording needs. `repo`: null outside of a repository. `project`: a name for the project's folder in this repository,
 * which is the same in every clone.
 */
export type Recorder = { repo: Repo | null; project: string; tools: Recording };

/**
 * Finds the data that a recording needs. Called before the measurement, because a failure afterwards would lose the samples.
 * @throws usage: the clone is shallow; errors of `openRepo` except `not_a_repository`; errors of `openStore`
 */
export async function recorderIn(folder: string, tools: Recording): Promise<Recorder> {
  const repo = await repoOrNull(folder);
  const project = repo ? await projectName(repo) : folder;
  (await openStore(monitorPaths(monitorHome(tools.env)).database)).close();
  return { repo, project, tools };
}

/**
 * The project's name: the repository's first commit and the folder. It is the same in every clone of the repository. @throws usage: a
 * shallow clone lacks the first commit
 */
async function projectName(repo: Repo): Promise<string> {
  const first = await firstCommit(repo);
  if (first !== null) return `${first} ${repo.prefix}`;
  throw failure('usage', {
    problem: 'This clone is shallow: it lacks the first commit, by which recorded series identify their repository.',
    hint: 'Fetch the whole history: git fetch --unshallow (in GitHub Actions: fetch-depth: 0).',
  });
}

/**
 * Records both arms of a comparison of two commits, but not a saved baseline. Returns false and records nothing if an arm was not measured
 * to its end. `file`: the contract, relative to the project.
 */
export async function recordComparison(comparison: Comparison, file: string, recorder: Recorder): Promise<boolean> {
  const { repo, project, tools } = recorder;
  const { contract, environment, against } = comparison;
  const session = deciding(comparison.sessions);
  if (comparison.sessions.broken || !session || !environment || !repo) return nothing(tools);
  const redact = redactor(readSecrets(repo.project, contract.secrets_file), tools.env);
  const { name, unit, lower_is_better } = contract.metrics.primary;
  const series = {
    name: contract.repro.script ? commandName(contract.repro.script) : 'load',
    ...{ metric: redact(name), unit, lower_is_better, project },
    contract: measuredBy(contract as Contract, redact),
    machine: machineOf(environment),
    instrument: session.method,
  };
  const laid = comparison.cautions.some(({ code }) => code === 'laid_over');
  const arms = [
    ...(against === null ? [{ arm: 'base' as const, values: session.base, dirty: laid }] : []),
    { arm: 'head' as const, values: session.candidate, dirty: laid || comparison.protected_from_base.length > 0 },
  ];
  if (arms.some(({ values }) => values.length === 0)) return nothing(tools);
  const t = Date.parse(comparison.finished_at);
  const points = arms.map(async ({ arm, values, dirty }): Promise<BenchPoint> => {
    const commit = await commitFacts(repo, comparison[arm]);
    return { ...series, t, arm, commit, dirty, file, ...figuresOf(values) };
  });
  await keep(await Promise.all(points), tools);
  return true;
}

export function nothing({ say }: Recording): false {
  say('Nothing was recorded: a run failed.');
  return false;
}

/**
 * Records the wall time of each command for the checked-out commit. Outside of a repository, the samples are recorded without a commit. The
 * name of a series is the name that the user gave to the command or, without such a name, the program. Arguments can hold a secret, so only
 * their hash is recorded.
 */
export async function recordMeasured(
  summary: SeriesSummary,
  { entrants, t }: { entrants: readonly Entrant[]; t: number },
  { repo, project, tools }: Recorder,
): Promise<void> {
  const redact = redactor({}, tools.env);
  const commit = repo && (await commitFacts(repo, (await head(repo)).commit));
  const dirty = repo !== null && (await dirtyFiles(repo)).length > 0;
  const points = summary.commands.map(({ wall }, i): BenchPoint => {
    const { name, script } = entrants[i]!;
    return {
      name: name.startsWith(script) ? commandName(script) : redact(name),
      ...{ metric: wall.name, unit: wall.unit, lower_is_better: true, project },
      contract: sha256(JSON.stringify(redactData(entrants[i]!, redact))),
      machine: machineOf(summary.environment),
      instrument: summary.method,
      ...{ t, arm: 'command', commit, dirty, file: null, ...figuresOf(wall.values) },
    };
  });
  await keep(points, tools);
}

export const figuresOf = (values: number[]) => ({ values, median: median(values), ci95: medianInterval(values) });

/** Adds points to the monitor's database, and prints the command `monitor trends bench:PART` that shows them. `part`: the name for PART. */
export async function keep(
  points: readonly BenchPoint[],
  { env, say }: Recording,
  part = points[0]?.name ?? '',
): Promise<void> {
  const db = await openStore(monitorPaths(monitorHome(env)).database);
  try {
    const added = addBench(db, points);
    say(`Recorded ${count(added, 'point')}: perf-gate monitor trends bench:${part}`);
  } finally {
    db.close();
  }
}

/**
 * A description of the kind of machine; only samples from the same kind are compared. The versions of the kernel and of Node are left out,
 * so that an update does not begin a new series.
 */
export const machineOf = ({ cpu_model, cores, platform, governor, virtualised, cpu_quota, on_battery }: Environment) =>
  [
    `${cores} × ${cpu_model}, ${platform}`,
    governor,
    virtualised && `virtual (${virtualised})`,
    cpu_quota !== null && `${cpu_quota} CPUs allowed`,
    on_battery && 'on battery',
  ]
    .filter(Boolean)
    .join(', ');
