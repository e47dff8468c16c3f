import { posix } from 'node:path';
import type { Candidate } from '../finding.ts';
import type { Tree } from '../tree.ts';

const RESULT = 'perf-gate-bench.json';

/**
 * The candidate for a script of pyperf. The command first removes the old result file, because pyperf never overwrites a file. It starts
 * only three processes with few values, which takes seconds instead of minutes.
 */
export function pyperfBench(script: string, source: string, python: string): Candidate {
  const names = [...source.matchAll(/\.(?:timeit|bench_\w+)\(\s*(?:name\s*=\s*)?(['"])([^'"]+)\1/g)].map((m) => m[2]!);
  const key = names.length > 1 ? { key: names[0]! } : {};
  return {
    command: `rm -f ${RESULT} && ${python} ${script} --processes 3 --values 3 --output ${RESULT}`,
    kind: 'bench',
    found_in: script,
    reports: {
      name: 'bench_s',
      unit: 's',
      lower_is_better: true,
      source: { format: 'pyperf', file: RESULT, ...key },
      why: `the mean that pyperf reports${names[0] === undefined ? '' : ` for “${names[0]}”`}`,
    },
  };
}

/**
 * One candidate for each function that asv would time. Its command uses Python's own timeit, because asv makes its own environments and
 * result files. Functions with parameters are left out, because each is several benchmarks.
 */
export function asvBenchmarks(tree: Tree, python: string): Candidate[] {
  const config = tree.files.find((f) => posix.basename(f) === 'asv.conf.json');
  if (config === undefined) return [];
  const named = /"benchmark_dir"\s*:\s*"([^"]+)"/.exec(tree.read(config))?.[1] ?? 'benchmarks';
  const folder = posix.normalize(posix.join(posix.dirname(config), named)).replace(/\/$/, '');
  return tree.files
    .filter((f) => f.startsWith(`${folder}/`) && /^[\w/]+\.py$/.test(f))
    .slice(0, 50)
    .flatMap((file) => timedIn(tree.read(file)).map((timed) => candidate(file, timed, python)))
    .slice(0, 8);
}

/** A function or method that asv would time. `owner`: the class of a method, null for a function. */
type Timed = { name: string; owner: string | null };

function timedIn(text: string): Timed[] {
  return text.split(/^(?=class\s)|^(?=(?:@|def\s|async\s))/m).flatMap((block) => {
    const owner = /^class\s+(\w+)/.exec(block)?.[1] ?? null;
    const defined = owner === null ? /^def\s+(time_\w+)\(\)/gm : /^\s+def\s+(time_\w+)\(\s*self\s*\)/gm;
    if (/\bparams\s*=|\.setup\s*=/.test(block)) return [];
    return [...block.matchAll(defined)].map((match) => ({ name: match[1]!, owner }));
  });
}

function candidate(file: string, { name, owner }: Timed, python: string): Candidate {
  const module = file.replace(/\.py$/, '').replaceAll('/', '.');
  const setup = [
    `from ${module} import ${owner ?? name}`,
    // a class that defines no `setup` can inherit one
    ...(owner === null ? [] : [`timed = ${owner}()`, 'getattr(timed, "setup", lambda: None)()']),
  ];
  return {
    command: `${python} -m timeit -vv -u msec -s '${setup.join('; ')}' '${owner === null ? name : `timed.${name}`}()'`,
    kind: 'bench',
    found_in: `${file}, ${name}`,
    reports: {
      name: `${name}_ms`,
      unit: 'ms',
      lower_is_better: true,
      source: { stdout: 'regex', pattern: 'best of \\d+: ([\\d.e+-]+) msec' },
      why: 'the best time of one call, as timeit reports it',
    },
  };
}
