import { resolve } from 'node:path';
import { measureCommand } from '../../../bench/measure/measure.ts';
import { summaryOf } from '../../../bench/measure/summary.ts';
import { exit, failure } from '../../../core/errors.ts';
import { writeDurable } from '../../../core/fs.ts';
import { oneOf } from '../../../core/text.ts';
import { spellings } from '../../../measure/sources/spelling.ts';
import { define } from '../../command.ts';
import { choice, list, number, text } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';
import { exported, exporters, type Format, formats } from './export.ts';
import { executionOf, executionOptions, metricsOf, scriptOf } from './request.ts';
import { summaryText } from './summary-text.ts';

export const command = define({
  name: 'measure',
  group: 'question',
  arguments: '[command...]',
  usage: '[options] -- <command> [arguments...]',
  summary: 'measure a command: time, CPU, memory, spread, and what to mistrust',
  detail:
    'Several words are the command and its arguments; one word is a script, run by a shell if it needs one. A failed execution ends the measurement: it is not a slow one.',
  example: 'perf-gate measure --output before.json -- node bench.mjs',
  options: {
    '--runs <n>': number('how often (default: at least 10 times and at least 3 s)', {
      least: 1,
      most: 10_000,
      whole: true,
    }),
    ...executionOptions,
    '--metric <name=source...>': list(`also ${oneOf(spellings())}; may be repeated`),
    '--export <format>': choice('json (as of hyperfine), csv, md or go (for benchstat)', formats),
    '--output <file>': text('where the export goes (default: stdout instead of the summary)'),
  },
  parse: ({ command: words, runs = null, metric, export: asked, output, ...execution }) => ({
    request: {
      script: scriptOf(words, 'perf-gate measure -- node bench.mjs'),
      runs,
      metrics: metricsOf(metric),
      ...executionOf(execution),
    },
    format: asked ?? (output === undefined ? null : formatOf(output)),
    output,
  }),
  async run({ request, format, output }, tools) {
    const summary = summaryOf(await measureCommand(tools, request));
    if (format && output) writeDurable(resolve(tools.cwd, output), exporters[format](summary));
    if (tools.json) tools.out(JSON.stringify(exported(summary)));
    else if (format && !output) tools.out(exporters[format](summary));
    else tools.out(summaryText(summary, lookOf(tools)));
    return exit.done;
  },
});

/** The format that the ending of a file stands for. @throws usage */
function formatOf(output: string): Format {
  const ending = /\.(\w+)$/.exec(output)?.[1] ?? '';
  const found = formats.find((f) => f === ending) ?? (ending === 'txt' ? 'go' : undefined);
  if (found) return found;
  throw failure('usage', {
    problem: `The ending of ${output} does not tell its form.`,
    hint: `Add --export ${formats.join('|')}.`,
  });
}
