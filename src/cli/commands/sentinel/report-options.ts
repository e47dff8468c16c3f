import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { failure } from '../../../core/errors.ts';
import { writeDurable } from '../../../core/fs.ts';
import { text } from '../../options.ts';
import type { Tools } from '../../terminal/tools.ts';

/** Options that write a report to a file. */
export const asPage = { '--html <file>': text('write an HTML page with charts to this file') };
export const asMarkdown = {
  '--markdown <file>': text('write Markdown for a pull request to this file (-: to stdout)'),
};

/** Writes the text of a report to its file or to stdout. Null if the report was not requested. */
type Writer = ((content: string) => void) | null;

/**
 * A writer for each requested report. A report is written whole or not at all. Must be called before the measurement, because this function
 * rejects wrong file names.
 * @throws usage: the file is a folder, or both Markdown and JSON go to stdout
 */
export function reportsOf(
  { html, markdown }: { html?: string | undefined; markdown?: string | undefined },
  tools: Tools,
): { html: Writer; markdown: Writer } {
  if (markdown === '-' && tools.json)
    throw failure('usage', { problem: '--markdown - and --json both print.', hint: 'Name a file for the Markdown.' });
  return {
    html: html === undefined ? null : into(html, tools),
    markdown: markdown === undefined ? null : markdown === '-' ? tools.out : into(markdown, tools),
  };
}

function into(path: string, { cwd, say }: Tools): Writer {
  const file = resolve(cwd, path);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw failure('usage', { problem: `${path} is a folder.`, hint: 'Name a file to write.' });
  return (content) => {
    writeDurable(file, content);
    say(`Written: ${file}`);
  };
}
