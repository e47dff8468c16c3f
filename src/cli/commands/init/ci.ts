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
 * Writes the two workflows for GitHub, which call this version of perf-gate. If `benchmark` is given, also writes a contract for this
 * command. Existing files stay.
 * @throws not_a_repository, usage: the folder is not the top of its repository; contract_invalid: `benchmark` is not a command
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
      ...(hasContract ? [] : [`There is no ${contract} yet. Pass --benchmark COMMAND to write the file.`]),
      ...(asked && missing.some(([path]) => path === contract) ? contractNotes(asked) : []),
    ],
    next: nextText(hasContract ? [contract, ...files] : []),
  };
}

const keptOf = (path: string, same: boolean) =>
  same
    ? `${path} is up to date.`
    : `${path} exists already and differs from the file that perf-gate would write. It was not changed.`;

/** Notes about the commands and files that `recon` found in the project. The user should check them. */
function contractNotes({ repro: { setup, build }, guards }: ContractInput): string[] {
  const before = [setup, build].filter((command) => command !== undefined);
  const files = guards?.protected ?? [];
  return [
    ...(before.length > 0
      ? [`These commands prepare each of the two commits before the measurement: ${before.join(', then ')}.`]
      : []),
    files.length > 0
      ? `Every pull request is measured with its base’s version of ${files.join(', ')}.`
      : `No file of the benchmark was found, so a pull request could change the benchmark: list its files in guards.protected of ${contract}.`,
  ];
}

const nextText = (files: readonly string[]) =>
  [
    'Next, on the default branch:',
    `  git add ${['.github', ...files].join(' ')} && git commit -m 'Measure pull requests' && git push`,
    'From then on, GitHub measures every pull request with the label `perf`. To create the label: gh label create perf (docs/pull-requests.md).',
  ].join('\n');

/** Refuses a folder that is not the top of a repository, because GitHub reads workflows only at the top. */
function mustBeTop(project: string): void {
  const isTop = (dir: string) => existsSync(join(dir, '.git'));
  if (isTop(project)) return;
  let top = project;
  while (!isTop(top) && dirname(top) !== top) top = dirname(top);
  if (!isTop(top)) throw failure('not_a_repository', { cwd: project });
  throw failure('usage', {
    problem: `GitHub reads workflows only at the top of the repository, which is ${top}.`,
    hint: `perf-gate init --ci github --cwd ${shellWord(top)}`,
  });
}

/** The project's files whose paths are words of the command. */
function filesIn(project: string, script: string): string[] {
  const named = script.split(/\s+/).filter((word) => /^[\w./-]+$/.test(word) && !/^[/-]|\.\./.test(word));
  return [...new Set(named)].filter((word) => statSync(join(project, word), { throwIfNoEntry: false })?.isFile());
}

/**
 * The contract of the benchmark. By this contract, the workflow asks whether the benchmark became worse. The measured copies are clean, so
 * the contract also has the setup, the build and the environment that `recon` finds in the project. The benchmark's files are protected,
 * because a change must not replace its own benchmark.
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
