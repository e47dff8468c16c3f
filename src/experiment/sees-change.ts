import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from '../contract/schema/contract.ts';
import { runAlong } from '../core/exec.ts';
import { makeDir, remove } from '../core/fs.ts';
import { lastWords } from '../core/text.ts';
import type { Run } from '../measure/lines/collector.ts';
import { collectors } from '../measure/lines/collectors.ts';
import { type Arm, runIn } from '../measure/sessions/arm.ts';
import type { RepoSetup } from './setup.ts';

/** Code that changed, and of which no changed line ran. `lines`: the first of them. */
export type Unseen = { path: string; lines: number[] };

/** Lines that are named of a file. */
const SHOWN = 5;

/** A program that reads coverage gets so much time. */
const MOST_MS = 60_000;

/** Lines by path from git's top level, of files that a collector reads. */
type Touched = readonly (readonly [path: string, lines: readonly number[]])[];

/**
 * The code that a change touched, if it can be seen whether its lines run. Nothing where a file is of another language, or of one that needs
 * another build which the contract does not name, and where a signal ends the program, so that it writes no coverage.
 */
export function codeToSee({ repro }: Contract, touched: ReadonlyMap<string, readonly number[]>): Touched {
  const code = [...touched].filter(([path]) => isCode(path));
  const known = collectors.filter(({ built }) => !built || repro.coverage !== undefined);
  return repro.service || repro.load || !code.every(([path]) => known.some(({ isSource }) => isSource(path)))
    ? []
    : code;
}

/**
 * Runs the repro once, untimed, in an arm whose top lies at `root`. Gives the touched files if none of their touched lines ran. Null where
 * a line ran, and where the coverage cannot tell: the program was built or translated, or it failed.
 */
export async function unseenChange(
  setup: RepoSetup,
  arm: Arm & { root: string },
  code: Touched,
): Promise<Unseen[] | null> {
  const { contract, world } = setup;
  const out = join(setup.folder, 'lines');
  makeDir(out);
  try {
    const root = realpathSync(arm.root);
    const env = { ...arm.env };
    const files = (isSource: (path: string) => boolean) =>
      code.filter(([path]) => isSource(path)).map(([path]) => join(root, path));
    for (const { env: more, isSource } of collectors) Object.assign(env, more(out, env, files(isSource)));
    if (needsBuild(code) && !(await builtForCoverage(setup, arm))) return null;
    const ended = await runIn({ ...arm, env }, contract.repro.script, {
      timeoutMs: 1000 * contract.repro.timeout_s,
      signal: world.signal,
    });
    if (ended.exitCode !== 0) return null;
    const run: Run = (program, args) =>
      runAlong(program, args, { cwd: out, env: arm.env, timeoutMs: MOST_MS, signal: world.signal });
    const readers = await Promise.all(
      collectors.map(async ({ isSource, read, built }) => {
        const own = files(isSource);
        return { isSource, built, own, ranIn: own.length > 0 ? await read(out, root, own, run) : undefined };
      }),
    );
    if (readers.some(({ built, own, ranIn }) => built && own.length > 0 && !ranIn))
      tellUnknown(setup, 'after repro.coverage, the command left nothing that gcov reads');
    const seen = code.map(([path, lines]) => {
      const ran = readers.find(({ isSource }) => isSource(path))?.ranIn?.(join(root, path));
      return { path, lines: lines.map((line) => ({ line, ran: ran ? ran(line) : undefined })) };
    });
    if (seen.some(({ lines }) => lines.some(({ ran }) => ran === true || ran === undefined))) return null;
    const unseen = seen.flatMap(({ path, lines }) => {
      const missed = lines.filter(({ ran }) => ran === false).map(({ line }) => line);
      return missed.length > 0 ? [{ path, lines: missed.slice(0, SHOWN) }] : [];
    });
    return unseen.length > 0 ? unseen : null;
  } finally {
    remove(out);
  }
}

const needsBuild = (code: Touched) =>
  collectors.some(({ built, isSource }) => built && code.some(([path]) => isSource(path)));

/** Runs the command that builds with coverage. */
async function builtForCoverage(setup: RepoSetup, arm: Arm): Promise<boolean> {
  const { contract, world, redact } = setup;
  const { coverage = '', timeout_s } = contract.repro;
  const ended = await runIn(arm, coverage, { timeoutMs: 4000 * timeout_s, signal: world.signal, network: 'full' });
  if (ended.exitCode !== 0 && !world.signal.aborted)
    tellUnknown(setup, `repro.coverage failed: ${lastWords(redact(ended.stderr + ended.stdout))}`);
  return ended.exitCode === 0;
}

/** Tells that a command of the contract which is for nothing else did not help. */
function tellUnknown({ world }: RepoSetup, why: string): void {
  world.notify({ kind: 'note', text: `It is not known whether the benchmark runs the changed lines: ${why}.` });
}

/** Files that programs are made of. Data may be read by any program, and nobody sees that. */
const isCode = (path: string) =>
  isSeen(path) || /\.(?:rs|go|java|kt|rb|php|cs|swift|scala|sh|pl|lua|zig|vue|svelte)$/.test(path);

const isSeen = (path: string) => collectors.some(({ isSource }) => isSource(path));
