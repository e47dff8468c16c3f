import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { SeriesSummary } from '../../../bench/measure/summary.ts';
import { failure } from '../../../core/errors.ts';
import { writeDurable } from '../../../core/fs.ts';
import type { Values } from '../../command.ts';
import { text, under } from '../../options.ts';
import { exporters, type Format } from './export.ts';

/** Export options, named as in hyperfine. */
export const exportOptions = {
  '--export-json <file>': text('write JSON (or: --export-csv, --export-markdown)'),
  ...under('hidden', {
    '--export-csv <file>': text('the columns of hyperfine'),
    '--export-markdown <file>': text('a table'),
  }),
};

/** A format, and the file to write. */
export type ExportFile = { format: Format; file: string };

export function exportFilesOf(given: Values<typeof exportOptions>): ExportFile[] {
  const { exportJson, exportCsv, exportMarkdown } = given;
  const wanted = [
    { format: 'json', file: exportJson },
    { format: 'csv', file: exportCsv },
    { format: 'md', file: exportMarkdown },
  ] as const;
  return wanted.flatMap(({ format, file }) => (file === undefined ? [] : [{ format, file }]));
}

/**
 * Checks before the measurement that the folders of the export files exist, because samples that cannot be written would be lost. @throws
 * usage
 */
export function mustHaveFolders(files: readonly ExportFile[], cwd: string): void {
  const lost = files.find(({ file }) => !existsSync(dirname(resolve(cwd, file))));
  if (lost)
    throw failure('usage', {
      problem: `The folder of ${lost.file} does not exist.`,
      hint: 'Create the folder first, or give another path.',
    });
}

export function writeExports(files: readonly ExportFile[], summary: SeriesSummary, cwd: string): void {
  for (const { format, file } of files) writeDurable(resolve(cwd, file), exporters[format](summary));
}
