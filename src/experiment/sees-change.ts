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

/** A file with changed lines, none of which the repro ran. `lines`: the first changed lines. */
export type Unseen = { path: string; lines: number[] };

/** The maximum number of lines that a message lists for one file. */
const SHOWN = 5;

/** The time limit of a program that reads coverage. */
const MOST_MS = 60_000;

/** The changed line numbers of each source file. Paths are relative to git's top level. */
type Touched = readonly (readonly [path: string, lines: readonly number[]])[];

/**
 * The changed code, if coverage can show which lines of it run. Empty if a file is of an unsupported language, or if its language needs a
 * build with coverage and the contract has no `repro.coverage`. Also empty if the contract has a service or a load generator: a signal ends
 * these programs, so they write no coverage.
 */
export function codeToSee({ repro }: Contract, touched: ReadonlyMap<string, readonly number[]>): Touched {
  const code = [...touched].filter(([path]) => isCode(path));
  const known = collectors.filter(({ built }) => !built || repro.coverage !== undefined);
  return repro.service || repro.load || !code.every(([path]) => known.some(({ isSource }) => isSource(path)))
    ? []
    : code;
}

/**
 * Runs the repro once, untimed, in an arm whose top folder is `root`. Returns the changed files if none of their changed lines ran. Returns
 * null if a changed line ran. Also null if the program fails, or if it runs compiled or translated code, because the coverage then shows
 * nothing about the changed lines.
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
      noteUnknown(setup, 'gcov found no readable counts for the program built by repro.coverage');
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

/** Runs the contract's command that builds the program with coverage. */
async function builtForCoverage(setup: RepoSetup, arm: Arm): Promise<boolean> {
  const { contract, world, redact } = setup;
  const { coverage = '', timeout_s } = contract.repro;
  const ended = await runIn(arm, coverage, { timeoutMs: 4000 * timeout_s, signal: world.signal, network: 'full' });
  if (ended.exitCode !== 0 && !world.signal.aborted)
    noteUnknown(setup, `repro.coverage failed: ${lastWords(redact(ended.stderr + ended.stdout))}`);
  return ended.exitCode === 0;
}

/**
 * Warns that it is unknown which lines run, because the command `repro.coverage` failed or gave no coverage. This is no error, because the
 * coverage has no other use.
 */
function noteUnknown({ world }: RepoSetup, why: string): void {
  world.notify({ kind: 'note', text: `It is unknown whether the benchmark runs the changed lines: ${why}.` });
}

/** Source files. Data files are excluded, because coverage cannot show whether a program reads them. */
const isCode = (path: string) =>
  isSeen(path) || /\.(?:rs|go|java|kt|rb|php|cs|swift|scala|sh|pl|lua|zig|vue|svelte)$/.test(path);

const isSeen = (path: string) => collectors.some(({ isSource }) => isSource(path));
