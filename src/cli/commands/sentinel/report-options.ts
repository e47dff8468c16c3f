import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { failure } from '../../../core/errors.ts';
import { writeDurable } from '../../../core/fs.ts';
import { text } from '../../options.ts';
import type { Tools } from '../../terminal/tools.ts';

/** Reports that a person reads later. */
export const asPage = { '--html <file>': text('write a page with pictures there') };
export const asMarkdown = {
  '--markdown <file>': text('write it as Markdown, for a pull request (- prints it instead)'),
};

/** Takes the text of a report to where it was asked for; null where it was not. */
type Writer = ((content: string) => void) | null;

/**
 * How the reports that were asked for are written, each whole or not at all. Call it before anything is measured: it finds a wrong name.
 * @throws usage: a folder in the place of a file, or Markdown and JSON both to be printed
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
