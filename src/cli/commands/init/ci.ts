import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import manifest from '../../../../package.json' with { type: 'json' };
import { checkContract, stringifyContract } from '../../../contract/parse.ts';
import type { ContractInput } from '../../../contract/schema/contract.ts';
import { failure } from '../../../core/errors.ts';
import { writeDurable } from '../../../core/fs.ts';
import { asset } from '../../../core/locate.ts';
import { readText } from '../../../core/read-text.ts';
import { shellWord } from '../../../core/text.ts';
import { buildOf, envOf, setupOf } from '../../../scoping/interview/commands.ts';
import { recon } from '../../../scoping/recon/recon.ts';
import type { SetUp } from './files.ts';

const workflows = ['perf-gate.yml', 'perf-gate-comment.yml'];
const contract = 'perf-gate.yaml';

/**
 * Writes the two workflows for GitHub, pinned to this version, and with a benchmark the contract that measures it. Files that exist stay.
 * @throws not_a_repository, usage: the folder is not the top of its repository; contract_invalid: the benchmark is no command
 */
export function initCi(project: string, benchmark: string | undefined): SetUp {
  mustBeTop(project);
  const files = benchmark === undefined ? [] : filesIn(project, benchmark);
  const asked = benchmark === undefined ? null : contractOf(project, benchmark, files);
  const texts: [path: string, text: string][] = workflows.map((name) => [
    join('.github/workflows', name),
    readText(asset(`ci/${name}`)).replaceAll('perf-gate@VERSION', `perf-gate@${manifest.version}`),
  ]);
  if (asked) texts.push([contract, stringifyContract(asked)]);
  const missing = texts.filter(([path]) => !existsSync(join(project, path)));
  for (const [path, text] of missing) writeDurable(join(project, path), text);
  const wrote = texts.map(([path, text]) =>
    missing.some(([name]) => name === path) ? `Wrote ${path}.` : keptOf(path, readText(join(project, path)) === text),
  );
  const hasContract = existsSync(join(project, contract));
  return {
    changed: missing.map(([path]) => join(project, path)),
    told: [
      ...wrote,
      ...(hasContract ? [] : [`There is no ${contract} yet: --benchmark COMMAND writes one.`]),
      ...(asked && missing.some(([path]) => path === contract) ? contractNotes(asked) : []),
    ],
    next: nextText(hasContract ? [contract, ...files] : []),
  };
}

const keptOf = (path: string, same: boolean) =>
  same ? `${path} is there already.` : `${path} exists already; it stays as it is.`;

/** What was found in the project, which a person should look at. */
function contractNotes({ repro: { setup, build }, guards }: ContractInput): string[] {
  const before = [setup, build].filter((command) => command !== undefined);
  const files = guards?.protected ?? [];
  return [
    ...(before.length > 0 ? [`Before it is measured, each of the two commits gets: ${before.join(', then ')}.`] : []),
    files.length > 0
      ? `A pull request is measured with the ${files.join(', ')} of its base.`
      : `No file of the benchmark was found, so a pull request could change it: list its files in guards.protected of ${contract}.`,
  ];
}

const nextText = (files: readonly string[]) =>
  [
    'Next, on the default branch:',
    `  git add ${['.github', ...files].join(' ')} && git commit -m 'Measure pull requests' && git push`,
    'From then on, every pull request with the label `perf` is measured. To create the label: gh label create perf (docs/pull-requests.md).',
  ].join('\n');

/** GitHub reads the workflows at the top of a repository alone. */
function mustBeTop(project: string): void {
  const isTop = (dir: string) => existsSync(join(dir, '.git'));
  if (isTop(project)) return;
  let top = project;
  while (!isTop(top) && dirname(top) !== top) top = dirname(top);
  if (!isTop(top)) throw failure('not_a_repository', { cwd: project });
  throw failure('usage', {
    problem: `GitHub reads workflows at the top of the repository, which is ${top}.`,
    hint: `perf-gate init --ci github --cwd ${shellWord(top)}`,
  });
}

/** The files that the command names. */
function filesIn(project: string, script: string): string[] {
  const named = script.split(/\s+/).filter((word) => /^[\w./-]+$/.test(word) && !/^[/-]|\.\./.test(word));
  return [...new Set(named)].filter((word) => statSync(join(project, word), { throwIfNoEntry: false })?.isFile());
}

/**
 * What is measured; the workflow asks whether it became worse. A clean copy needs what recon finds to make it runnable. The files of benchmarks
 * are protected: a change may not bring the benchmark that judges it.
 */
function contractOf(project: string, script: string, files: readonly string[]): ContractInput {
  const found = recon(project);
  const answers = { repro: script };
  const [env, setup, build] = [envOf(answers, found), setupOf(answers, found), buildOf(answers, found)];
  const benchmarks = found.existing_benchmarks.map((path) => (path.endsWith('/') ? `${path}**` : path));
  const protectedFiles = [...new Set([...files, ...benchmarks])];
  const asked: ContractInput = {
    version: 1,
    repro: {
      script,
      ...(Object.keys(env).length > 0 ? { env } : {}),
      ...(setup ? { setup } : {}),
      ...(build ? { build } : {}),
    },
    metrics: { primary: { name: 'cpu_ms', source: 'cpu' } },
    ...(protectedFiles.length > 0 ? { guards: { protected: protectedFiles } } : {}),
    profiler: 'none',
  };
  checkContract(asked, '--benchmark');
  return asked;
}
