import { measureCommands, ordinary, type Request } from '../../../bench/measure/measure.ts';
import { seriesSummary } from '../../../bench/measure/summary.ts';
import { exit, failure } from '../../../core/errors.ts';
import type { Entrant } from '../../../experiment/lineup.ts';
import { define } from '../../command.ts';
import { choice, flag, lettered, list, number, text, under } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';
import { recordOption } from '../record-option.ts';
import { entrantOptions, entrantsOf } from './entrants.ts';
import { exported, exporters, type Format, formats } from './export.ts';
import { exportFilesOf, exportOptions, mustHaveFolders, writeExports } from './export-files.ts';
import { executionOf, executionOptions, metricsOf } from './request.ts';
import { seriesText } from './summary-text.ts';
import { mustBePrograms } from './words.ts';

const bounds = { least: 1, most: ordinary.most, whole: true } as const;

export const command = define({
  name: 'measure',
  group: 'question',
  arguments: '[command...]',
  usage: '[options] -- <command> [-- <command> ...]',
  summary: 'measure commands: time, CPU, memory, spread, with warnings',
  detail:
    'After --, several words are a command and its arguments; one word is a shell script. Several commands run in turn, and each is compared with the first.',
  example: 'perf-gate measure --output before.json -- node bench.mjs',
  options: {
    '--runs <n>': lettered('r', number('number of runs (default: at least 10 runs and 3 s)', bounds)),
    '--min-runs <n>': lettered('m', number('minimum number of runs', bounds)),
    '--max-runs <n>': lettered('M', number('maximum number of runs', bounds)),
    '--metric <source...>': list('further metrics: cpu, max_rss, p95=json:KEY …'),
    '--sequential': flag('measure one command after the other'),
    '--export <format>': choice('json (hyperfine’s), csv, md or go (benchstat’s)', formats),
    ...recordOption,
    '--output <file>': text('the file for the export (default: stdout)'),
    ...executionOptions,
    ...under('Further options, as in hyperfine:', { ...entrantOptions, ...exportOptions }),
  },
  parse: ({ command: words, runs, minRuns, maxRuns, metric, sequential, export: asked, output, record, ...given }) => {
    const request: Request = {
      entrants: entrantsOf(words, given, 'perf-gate measure -- node bench.mjs'),
      execution: executionOf(given),
      runs: runsOf({ runs, minRuns, maxRuns }),
      order: sequential ? 'sequential' : 'interleaved',
      metrics: metricsOf(metric),
    };
    if (!sequential)
      mustStandApart(
        request.entrants,
        'or add --sequential, which runs each setup and its command one after the other',
      );
    const format = asked ?? (output === undefined ? null : formatOf(output));
    const files = exportFilesOf(given);
    return {
      request,
      record,
      format,
      files: format && output !== undefined ? [...files, { format, file: output }] : files,
      output,
    };
  },
  async run({ request, record, format, files, output }, tools) {
    mustHaveFolders(files, tools.cwd);
    mustBePrograms(
      request.entrants.map((entrant) => entrant.script),
      tools,
    );
    const recording = record ? await import('../record.ts') : null;
    const recorder = await recording?.recorderIn(tools.cwd, tools);
    const summary = seriesSummary(await measureCommands(tools, request));
    writeExports(files, summary, tools.cwd);
    const { entrants } = request;
    if (recording && recorder)
      await recording.recordMeasured(summary, { entrants, t: Date.parse(tools.clock.now()) }, recorder);
    if (tools.json) tools.out(JSON.stringify(exported(summary)));
    else if (format && output === undefined) tools.out(exporters[format](summary));
    else tools.out(seriesText(summary, lookOf(tools)));
    return exit.done;
  },
});

/** The minimum and maximum number of runs. @throws usage: the minimum is above the maximum */
function runsOf(given: Record<'runs' | 'minRuns' | 'maxRuns', number | undefined>): Request['runs'] {
  const { runs, minRuns, maxRuns = ordinary.most } = given;
  if (runs !== undefined) return { least: runs, most: runs };
  const least = minRuns ?? Math.min(ordinary.least, maxRuns);
  if (least <= maxRuns) return { least, most: maxRuns };
  throw failure('usage', {
    problem: `--min-runs ${least} is more than --max-runs ${maxRuns}.`,
    hint: 'Give a smaller --min-runs, or --runs for an exact number.',
  });
}

/**
 * Refuses equal commands with different setups. All setups run before the first command, so the last setup would overwrite what the earlier
 * setups made.
 * @throws usage
 */
export function mustStandApart(entrants: readonly Entrant[], otherwise: string): void {
  const other = entrants.find(({ script, setup }, i) =>
    entrants.slice(0, i).some((before) => before.script === script && before.setup !== setup),
  );
  if (!other) return;
  throw failure('usage', {
    problem: `Several commands are “${other.script}” and differ only in their setups. All setups run before the first command, so all of these commands would use the result of the last setup.`,
    hint: `Let each setup make its own file, and each command run that file (--setup 'cc -o a-{cc} a.c' -- ./a-{cc}), ${otherwise}.`,
  });
}

/** The export format that belongs to the extension of a file. @throws usage: unknown extension */
function formatOf(output: string): Format {
  const ending = /\.(\w+)$/.exec(output)?.[1] ?? '';
  const found = formats.find((f) => f === ending) ?? (ending === 'txt' ? 'go' : undefined);
  if (found) return found;
  throw failure('usage', {
    problem: `The extension of ${output} names no export format.`,
    hint: `Add --export ${formats.join('|')}.`,
  });
}
