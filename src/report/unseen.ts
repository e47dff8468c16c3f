import { listed } from '../core/text.ts';

/** Code that changed, and of which a benchmark runs no changed line. */
type Files = readonly { path: string; lines: readonly number[] }[];

/** What is told before the measurement, and beside the verdict. `who`: the benchmarks, at least one. */
export function unseenText(who: readonly string[], files: Files): string {
  const [run, they] = who.length === 1 ? ['runs', 'it'] : ['run', 'they'];
  const named = files.map(({ path, lines }) => `${path} (line ${lines.join(', ')})`);
  return `${listed(who, 5)} ${run} none of the changed lines of code, so that ${they} cannot tell whether the change made anything slower or faster: ${listed(named, 5)}`;
}

/** The same for a suite: one sentence for all benchmarks that do not run the same lines. */
export function unseenTexts(benchmarks: readonly { name: string; unseen: Files | null }[]): string[] {
  const groups = new Map<string, { who: string[]; files: Files }>();
  for (const { name, unseen } of benchmarks) {
    if (!unseen) continue;
    const key = JSON.stringify(unseen);
    groups.set(key, { who: [...(groups.get(key)?.who ?? []), name], files: unseen });
  }
  return [...groups.values()].map(({ who, files }) => unseenText(who, files));
}
