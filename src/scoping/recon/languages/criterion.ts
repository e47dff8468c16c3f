import type { Candidate } from '../finding.ts';

/** A bench target of Cargo, and its source file. */
export type Bench = { name: string; path: string };

type Commands = Bench & { run: string; build: string };

/** Options that shorten criterion's warm-up and measurement, because a session has many executions. */
const SHORT = '--noplot --warm-up-time 1 --measurement-time 2';

/** The benchmarks whose names are literals in the source. Criterion writes the results of each benchmark into a separate file. */
export function criterionBenches(source: string, { path, run, build }: Commands): Candidate[] {
  return idsIn(source)
    .slice(0, 10)
    .map((id): Candidate => {
      const file = `target/criterion/${id.split('/').map(folderName).join('/')}/new/estimates.json`;
      return {
        command: `${run} -- ${SHORT} '^${id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$'`,
        kind: 'bench',
        found_in: `${path}, ${id}`,
        build,
        reports: {
          name: `${id.replace(/[^\w]+/g, '_')}_ns`,
          unit: 'ns',
          lower_is_better: true,
          source: { format: 'criterion', file },
          why: 'the time of one iteration, as criterion reports it',
        },
      };
    });
}

/** `group/name` inside a group, else `name`. */
function idsIn(source: string): string[] {
  return source.split(/^(?=\s*(?:pub\s+)?fn\s)/m).flatMap((body) => {
    const calls = body.matchAll(/\.(benchmark_group|bench_function)\(\s*(?:"([^"\n']+)"|([^,]+))/g);
    let group: string | null | undefined;
    const ids: string[] = [];
    for (const [, call, name] of calls) {
      if (call === 'benchmark_group') group = name ?? null;
      // a computed name of a group or a benchmark cannot be read from the source
      else if (name !== undefined && group !== null) ids.push(group === undefined ? name : `${group}/${name}`);
    }
    return ids;
  });
}

/** The name of the folder in which criterion writes the results of a group or a benchmark. */
const folderName = (part: string) => part.replace(/[?"/\\*<>:|^]/g, '_').slice(0, 64);
