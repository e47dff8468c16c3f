import { delimiter, join } from 'node:path';
import { makeDir, remove, temporaryDir, writeDurable } from '../../core/fs.ts';
import { findProgram } from '../../core/programs.ts';
import { filesIn } from '../formats.ts';
import { failed, profiled, runOnce } from './run.ts';
import type { Capture, CaptureRequest } from './types.ts';

/** A profiler that is part of a language's own program. */
type Wrapping = {
  /** The names that the program goes by. */
  names: readonly string[];
  ending: string;
  /** The files that go first on the PATH, by name; `real` finds the program of a name, `dir` is where profiles go. */
  files(real: Map<string, string>, dirs: { profiles: string; bin: string }): Map<string, string>;
};

/**
 * Runs the script with small programs first on the PATH that call the real ones with a profiler: that reaches `node x`, `npm run x` and
 * `#!/usr/bin/env node`, and a service that is started around it.
 */
export async function captureWrapped(request: CaptureRequest, { names, ending, files }: Wrapping): Promise<Capture> {
  const path = request.env.PATH ?? '';
  const found = names.map((name) => [name, findProgram(name, { PATH: path })] as const);
  const real = new Map(found.filter((each): each is [string, string] => each[1] !== undefined));
  if (real.size === 0)
    return { state: 'failed', tool: request.tool, reason: `there is no ${names[0]} on the PATH`, output: '' };
  makeDir(request.outDir);
  const before = new Set(filesIn(request.outDir));
  const bin = temporaryDir(request.scratch, `${request.tool}-`);
  try {
    for (const [name, text] of files(real, { profiles: request.outDir, bin }))
      writeDurable(join(bin, name), text, 0o755);
    const env = { ...request.env, PATH: `${bin}${delimiter}${path}` };
    const { failed: failure, finished } = await runOnce(request, request.script, env);
    if (failure) return failure;
    const written = filesIn(request.outDir).filter((file) => file.endsWith(ending) && !before.has(file));
    const note = noteOn(request.script, names);
    if (written.length > 0) return profiled(request, written, note);
    const why = note || `Does the command start it by the name \`${names[0]}\`?`;
    return failed(request, `the command ran, but no ${names[0]} process wrote a profile. ${why}`, finished);
  } finally {
    remove(bin);
  }
}

/** What the profile lacks, if that can be told from the script. */
function noteOn(script: string, names: readonly string[]): string {
  const absolute = script.match(new RegExp(`(?:^|[\\s;&|(])(/\\S*/(?:${names.join('|')}))(?=\\s|$)`))?.[1];
  return absolute
    ? `${absolute} is called by its path, so what it runs is not in the profile; write \`${names[0]}\`.`
    : '';
}
