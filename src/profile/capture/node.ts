import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { makeDir, remove, temporaryDir, writeDurable } from '../../core/fs.ts';
import { filesIn } from '../formats.ts';
import { failed, profiled, quoted, runOnce } from './run.ts';
import type { Capture, CaptureRequest } from './types.ts';

/** Finer than V8's default of 1000 µs, because what is measured is often over in half a second. */
const intervalUs = 500;

/**
 * `node --cpu-prof` for whatever Node programs the script starts. Node 20 refuses the flag in NODE_OPTIONS, so a small
 * `node` goes first on the PATH that calls the real one with it: that reaches `node x`, `npm run x` and `#!/usr/bin/env
 * node`. Worker threads and forked processes write profiles of their own.
 */
export async function captureNode(request: CaptureRequest): Promise<Capture> {
  const path = request.env.PATH ?? '';
  const node = findOnPath('node', path, request.cwd);
  if (!node) return { state: 'failed', tool: request.tool, reason: 'there is no node on the PATH', output: '' };
  makeDir(request.outDir);
  const before = new Set(filesIn(request.outDir));
  const bin = temporaryDir(request.scratch, 'node-cpu-prof-');
  try {
    writeDurable(join(bin, 'node'), wrapper(node, request.outDir), 0o755);
    const env = { ...request.env, PATH: `${bin}${delimiter}${path}` };
    const { failed: failure, finished } = await runOnce(request, request.script, env);
    if (failure) return failure;
    const files = filesIn(request.outDir).filter((file) => file.endsWith('.cpuprofile') && !before.has(file));
    if (files.length > 0) return profiled(request, files, noteOn(request.script));
    const why = noteOn(request.script) || 'Does the command start Node by the name `node`?';
    return failed(request, `the command ran, but no Node process wrote a profile. ${why}`, finished);
  } finally {
    remove(bin);
  }
}

function wrapper(node: string, dir: string): string {
  const flags = `--cpu-prof --cpu-prof-interval=${intervalUs} --cpu-prof-dir=${quoted(dir)}`;
  return `#!/bin/sh\n# calls the real node with a profiler; only while perf-gate takes a profile\nexec ${quoted(node)} ${flags} "$@"\n`;
}

/** What the profile lacks, if that can be told from the script. */
function noteOn(script: string): string {
  const absolute = script.match(/(?:^|[\s;&|(])(\/\S*\/node)(?=\s|$)/)?.[1];
  return absolute ? `${absolute} is called by its path, so what it runs is not in the profile; write \`node\`.` : '';
}

function findOnPath(name: string, path: string, cwd: string): string | undefined {
  const dirs = path.split(delimiter).filter((dir) => dir !== '');
  return dirs.map((dir) => resolve(cwd, dir, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
