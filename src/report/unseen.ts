import { listed } from '../core/text.ts';

/** The changed files, each with the numbers of its changed lines, none of which the benchmark runs. */
type Files = readonly { path: string; lines: readonly number[] }[];

/**
 * The warning that a benchmark runs no changed line. It is printed before the measurement and after the verdict. `who`: the names of the
 * benchmarks, at least one.
 */
export function unseenText(who: readonly string[], files: Files): string {
  const [run, they] = who.length === 1 ? ['runs', 'it'] : ['run', 'they'];
  const named = files.map(({ path, lines }) => `${path} (line ${lines.join(', ')})`);
  return `${listed(who, 5)} ${run} none of the changed lines, so ${they} cannot show whether the change made anything slower or faster: ${listed(named, 5)}`;
}

/** The warnings for a suite. Benchmarks that miss the same lines share one sentence. */
export function unseenTexts(benchmarks: readonly { name: string; unseen: Files | null }[]): string[] {
  const groups = new Map<string, { who: string[]; files: Files }>();
  for (const { name, unseen } of benchmarks) {
    if (!unseen) continue;
    const key = JSON.stringify(unseen);
    groups.set(key, { who: [...(groups.get(key)?.who ?? []), name], files: unseen });
  }
  return [...groups.values()].map(({ who, files }) => unseenText(who, files));
}
