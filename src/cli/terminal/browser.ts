import { failure } from '../../core/errors.ts';
import { run as exec } from '../../core/exec.ts';

const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', linux: 'xdg-open' };

/** Opens a page in the browser. @throws cannot_open */
export async function openInBrowser(file: string): Promise<void> {
  const opened = await exec(openers[process.platform] ?? 'xdg-open', [file]);
  if (opened.exitCode !== 0) throw failure('cannot_open', { file });
}
