import type { Series } from '../../../bench/measure/measure.ts';
import { seriesSummary } from '../../../bench/measure/summary.ts';
import type { Contest, Contests } from '../../../compare/commands.ts';
import type { Tools } from '../../terminal/tools.ts';
import { type ExportFile, writeExports } from '../measure/export-files.ts';

/** Writes the samples of the deciding sessions in the formats of `measure`. Leaves out commands that failed. */
export function exportContest(
  files: readonly ExportFile[],
  given: { contest: Contest; contests: Contests },
  tools: Pick<Tools, 'cwd' | 'say'>,
): void {
  if (files.length === 0) return;
  const series = seriesOf(given);
  if (series) writeExports(files, seriesSummary(series), tools.cwd);
  else tools.say('No export was written: no command was measured to its end.');
}

function seriesOf({
  contest,
  contests: { compared, method },
}: {
  contest: Contest;
  contests: Contests;
}): Series | null {
  const { entrants, execution } = contest;
  const whole = compared.flatMap(({ comparison, samples }, i) =>
    comparison.environment === null
      ? []
      : [{ entrant: entrants[i + 1]!, environment: comparison.environment, samples: samples.filter((s) => !s.warmup) }],
  );
  const of = (arm: 'base' | 'candidate', i: number) => whole[i]!.samples.filter((s) => s.arm === arm);
  if (whole.length === 0) return null;
  // Each comparison measured the base again. Only the longest list of the base's samples is exported.
  const longest = whole.map((_, i) => of('base', i)).reduce((a, b) => (b.length > a.length ? b : a));
  const others = whole.map(({ entrant }, i) => ({ entrant, samples: of('candidate', i) }));
  return {
    request: { entrants, execution, runs: { least: 0, most: longest.length }, order: 'interleaved', metrics: [] },
    method,
    commands: [{ entrant: entrants[0], samples: longest }, ...others],
    environment: whole[0]!.environment,
  };
}
