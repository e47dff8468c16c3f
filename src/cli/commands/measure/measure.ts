import { resolve } from 'node:path';
import { measureCommand } from '../../../bench/measure.ts';
import { summaryOf } from '../../../bench/measure-summary.ts';
import { exit, failure } from '../../../core/errors.ts';
import { writeDurable } from '../../../core/fs.ts';
import type { Run } from '../../command.ts';
import { choiceOf, numberOf, textOf } from '../../options.ts';
import { lookOf } from '../../terminal/look.ts';
import { exported, exporters, type Format } from './export.ts';
import { executionOf, metricsOf, scriptOf } from './request.ts';
import { summaryText } from './summary-text.ts';

export const run: Run = async (words, options, tools) => {
  const format = formatOf(textOf(options, 'export'), textOf(options, 'output'), options);
  const measured = await measureCommand(tools, {
    script: scriptOf(words, 'perf-gate measure -- node bench.mjs'),
    runs: numberOf(options, 'runs', { least: 1, most: 10_000, whole: true, otherwise: null }),
    metrics: metricsOf(options.metric),
    ...executionOf(options),
  });
  const summary = summaryOf(measured);
  const output = textOf(options, 'output');
  if (format && output) writeDurable(resolve(tools.cwd, output), exporters[format](summary));
  if (tools.json) tools.out(JSON.stringify(exported(summary)));
  else if (format && !output) tools.out(exporters[format](summary));
  else tools.out(summaryText(summary, lookOf(tools)));
  return exit.done;
};

const formats = ['json', 'csv', 'md', 'go'] as const;

/** The form of the export; where only a file is named, its ending tells. Null without an export. */
function formatOf(asked: string | undefined, output: string | undefined, options: Parameters<Run>[1]): Format | null {
  if (asked !== undefined) return choiceOf(options, 'export', formats);
  if (output === undefined) return null;
  const ending = /\.(\w+)$/.exec(output)?.[1] ?? '';
  const found = formats.find((f) => f === ending) ?? (ending === 'txt' ? 'go' : undefined);
  if (found) return found;
  throw failure('usage', {
    problem: `The ending of ${output} does not tell its form.`,
    hint: `Add --export ${formats.join('|')}.`,
  });
}
