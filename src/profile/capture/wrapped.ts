import { delimiter, join } from 'node:path';
import { makeDir, remove, temporaryDir, writeDurable } from '../../core/fs.ts';
import { findProgram } from '../../core/locate.ts';
import { filesIn } from '../formats/read-profile.ts';
import { type Capture, type CaptureRequest, failed, profiled, runOnce } from './run.ts';

type Dirs = { profiles: string; bin: string };

/** A profiler that is part of a language's runtime. */
type Wrapping = {
  /** The names under which the runtime's program is called, such as `python3` and `python`. */
  names: readonly string[];
  ending: string;
  /**
   * The wrapper programs to put first on the PATH, by name. `real`: the path of the real program, by name. `profiles`: the folder for
   * profiles.
   */
  files(real: Map<string, string>, dirs: Dirs): Map<string, string>;
  /** Environment variables by which a program finds its profiler, regardless of how the program is started. */
  env?(dirs: Dirs, env: CaptureRequest['env']): Record<string, string>;
};

/**
 * Runs the script with wrapper programs first on the PATH. The wrappers call the real programs with a profiler, so that `node x`, `npm run
 * x`, `#!/usr/bin/env node` and the service that the script needs are profiled too.
 */
export async function captureWrapped(request: CaptureRequest, wrapping: Wrapping): Promise<Capture> {
  const { names, ending } = wrapping;
  const path = request.env.PATH ?? '';
  const found = names.map((name) => [name, findProgram(name, { PATH: path })] as const);
  const real = new Map(found.filter((each): each is [string, string] => each[1] !== undefined));
  if (real.size === 0)
    return { state: 'failed', tool: request.tool, reason: `there is no ${names[0]} on the PATH`, output: '' };
  makeDir(request.outDir);
  const before = new Set(filesIn(request.outDir));
  const bin = temporaryDir(request.scratch, `${request.tool}-`);
  const dirs = { profiles: request.outDir, bin };
  try {
    for (const [name, text] of wrapping.files(real, dirs)) writeDurable(join(bin, name), text, 0o755);
    const env = { ...request.env, PATH: `${bin}${delimiter}${path}`, ...wrapping.env?.(dirs, request.env) };
    const { failed: failure, finished } = await runOnce(request, { script: request.script, env });
    if (failure) return failedInside(failure, request, finished.exitCode);
    const written = filesIn(request.outDir).filter((file) => file.endsWith(ending) && !before.has(file));
    const note = wrapping.env ? '' : noteOn(request, names);
    if (written.length > 0) return profiled(request, written, note);
    const name = wrapping.env ? '' : `Does the command start the program by the name \`${names[0]}\`?`;
    return failed(
      request,
      `the command ran, but no ${names[0]} process wrote a profile. ${note || name || unread}`,
      finished,
    );
  } finally {
    remove(bin);
  }
}

const unread = 'Was the process killed, or started in a way that ignores its environment variables?';

/**
 * Sets `commandFailed` if the exit code is not 0 and there is no service. The profiler runs inside the command, so the exit code is the
 * command's own.
 */
function failedInside(failure: Capture, { service }: CaptureRequest, exitCode: number | null): Capture {
  return failure.state === 'failed' && exitCode && !service ? { ...failure, commandFailed: true } : failure;
}

/**
 * A note on a gap in the profile: a runtime that the command line calls by an absolute path is not profiled, because the PATH is not used.
 * The note is empty if the profile has no such gap.
 */
function noteOn({ script, service }: CaptureRequest, names: readonly string[]): string {
  const byPath = new RegExp(`(?:^|[\\s;&|(])(/\\S*/(?:${names.join('|')}))(?=\\s|$)`);
  const absolute = (service?.isProfiled ? service.start : script).match(byPath)?.[1];
  return absolute
    ? `${absolute} is called by its path, so the profile does not include it; write \`${names[0]}\` instead.`
    : '';
}
