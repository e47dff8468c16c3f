import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, parse, relative, resolve } from 'node:path';
import { copyFile, makeDir } from '../../core/fs.ts';
import { realInside } from '../../core/locate.ts';
import { shellWord } from '../../core/text.ts';
import { filesIn } from '../formats/read-profile.ts';
import { type Capture, type CaptureRequest, failed, profiled, runOnce } from './run.ts';

/** Runs a profiler's command and keeps the profiler's files. Reads the files if perf-gate knows their format. */
export async function captureByCommand(request: CaptureRequest): Promise<Capture> {
  makeDir(request.outDir);
  const kept = freshPath(request.outDir, basename(request.output_path ?? `${request.tool}.profile`));
  const own = request.output_path === undefined ? null : resolve(request.cwd, request.output_path);
  const before = own && writtenAt(own);
  const { failed: failure, finished } = await runOnce(request, linesOf(request, kept));
  if (failure) return failure;
  // a link can lead to a file outside the working directory; such a file is not kept
  const isOwn = request.output_path !== undefined && realInside(request.cwd, request.output_path) !== undefined;
  if (own && isOwn && !existsSync(kept) && writtenAt(own) !== before) copy(own, kept);
  const files = !existsSync(kept) ? [] : statSync(kept).isDirectory() ? filesIn(kept) : [kept];
  if (files.length > 0 && files.every((file) => statSync(file).size === 0))
    return failed(
      request,
      'the profile is empty. Was the command too short for the profiler, or did the command only wait?',
      finished,
    );
  if (files.length > 0) return profiled(request, files);
  return failed(request, `the command ran, but ${missing(request)}`, finished);
}

function missing(request: CaptureRequest): string {
  const { command, output_path } = request;
  if (isForService(request))
    return 'wrote no profile when SIGTERM ended the service. Does the profiler write its profile on SIGTERM?';
  if (command?.includes('{output}')) return 'wrote no profile at the path that replaces {output}';
  return output_path ? `wrote no profile at ${output_path}` : 'the contract names neither {output} nor output_path';
}

/**
 * Whether `{command}` in the profiler's command stands for the service's command. It does if the service is to be profiled, because the
 * measured command then only generates load. False if the profiler's command has no `{command}`.
 */
const isForService = ({ command = '{command}', service }: CaptureRequest) =>
  service?.isProfiled === true && command.includes('{command}');

function linesOf(request: CaptureRequest, output: string) {
  const { command, script, env, service } = request;
  if (!service || !isForService(request)) return { script: commandLine({ command, script }, output), env };
  return { script, env, start: commandLine({ command, script: service.start }, output) };
}

/** Fills in the placeholders of a command. A measured command that needs a shell is run by a shell. */
export function commandLine(request: Pick<CaptureRequest, 'command' | 'script'>, output: string): string {
  const needsShell = /[|&;<>\n`(]|^\s*(\w+=|(exec|cd|eval|export|set|\.)\s)/.test(request.script);
  const repro = needsShell ? `sh -c ${shellWord(request.script)}` : request.script;
  // '{command}' in quotes becomes one word: the whole script
  return (request.command ?? '{command}').replaceAll(/(['"]?)\{(command|output)\}\1/g, (_, quote, name) =>
    name === 'output' ? shellWord(output) : quote ? shellWord(request.script) : repro,
  );
}

/** An unused path in `dir`, so that no earlier profile is overwritten. */
function freshPath(dir: string, name: string): string {
  const { name: stem, ext } = parse(name);
  for (let n = 1; ; n++) {
    const path = join(dir, n === 1 ? name : `${stem}-${n}${ext}`);
    if (!existsSync(path)) return path;
  }
}

function writtenAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

/** Copies a file, or all files in a folder. */
function copy(from: string, to: string): void {
  const files = statSync(from).isDirectory() ? filesIn(from) : [from];
  for (const file of files) {
    const target = join(to, relative(from, file));
    makeDir(dirname(target));
    copyFile(file, target);
  }
}
