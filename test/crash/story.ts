import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { debrisOf, type End, endOf } from './end.ts';
import { makeProject, type Project, startArguments } from './project.ts';
import { type Ended, journalOf, type Kill, perfGate } from './run.ts';

/** A run that was killed again and again, and how it came out. `differs`: what is not as in the run that was left alone. */
/** `locks`: those of a killed git that stopped the run until somebody removed them. */
export type Told = { kills: number; processes: Ended[]; differs: string[]; locks: string[] };

/** The run that nobody kills: where all the others must come to. `helper` is a compiled measuring helper that they may use. */
export type Reference = { end: End; ms: number; journal: ReturnType<typeof journalOf>; helper: string };

/** How long orphans may take to notice that their parent is gone. */
const GRACE_MS = 3000;

export async function reference(bin: string, keep: string): Promise<Reference> {
  const project = makeProject();
  try {
    const { code, ms, stderr } = await perfGate(bin, project, startArguments);
    if (code !== 0) throw new Error(`the run that nobody killed exits with ${code}:\n${stderr}`);
    const helper = join(keep, 'helper');
    copyHelper(join(project.home, 'cache/perf-gate'), helper);
    const debris = debrisOf(project);
    if (debris.length > 0) throw new Error(`the run that nobody killed leaves behind:\n${debris.join('\n')}`);
    return { end: endOf(project), ms, journal: journalOf(project), helper };
  } finally {
    project.remove();
  }
}

/** Starts a run, kills it as `kills` says, one process after the other, and lets the last one come to its end. */
export async function tell(bin: string, { end, helper }: Reference, kills: Iterable<Kill>): Promise<Told> {
  const project = makeProject();
  try {
    copyHelper(helper, join(project.home, 'cache/perf-gate'));
    const processes: Ended[] = [];
    const locks: string[] = [];
    const planned = kills[Symbol.iterator]();
    for (let goesOn = true; goesOn; ) {
      const args = journalOf(project).length > 0 ? ['resume', '--json'] : startArguments;
      const next = planned.next();
      const ended = await perfGate(bin, project, args, next.done ? undefined : next.value);
      processes.push(ended);
      const lock = ended.killed ? undefined : lockIn(ended);
      if (lock) {
        rmSync(lock);
        locks.push(basename(lock));
      }
      goesOn = ended.killed || lock !== undefined;
    }
    locks.push(...removeLock(project, processes));
    const differs = [
      ...outcomeOf(processes.at(-1)!),
      ...differences(end, endOf(project)),
      ...(await debris(project)),
      ...(await unverified(bin, project)),
    ];
    return { kills: processes.filter((p) => p.killed).length, processes, differs, locks };
  } finally {
    project.remove();
  }
}

/** The last process tells the outcome of the run; where the kill came after the very end, that it has ended. */
function outcomeOf({ code, stdout, stderr }: Ended): string[] {
  if (code === 0 && (JSON.parse(stdout) as { outcome: string }).outcome === 'accepted') return [];
  if (code === 2 && stdout.includes('no_active_run')) return [];
  return [`the last process exits with ${code}:\n${stdout}\n${stderr}`];
}

/** The lock of a killed git that an error names, so that a person can remove it. */
function lockIn({ code, stdout }: Ended): string | undefined {
  const file = code === 3 ? /(\/[^'"\s]+\.lock)\b/.exec(stdout)?.[1] : undefined;
  return file && existsSync(file) ? file : undefined;
}

/** A lock that no later step needed: the resumed run has told of it, and a person removes it. */
function removeLock({ root }: Project, processes: Ended[]): string[] {
  const lock = join(root, '.git/index.lock');
  if (!existsSync(lock) || !processes.some((p) => p.stderr.includes(lock))) return [];
  rmSync(lock);
  return [basename(lock)];
}

/** What `perf-gate verify` finds: a journal, artifacts, samples and commits that do not fit together. */
async function unverified(bin: string, project: Project): Promise<string[]> {
  const { code, stdout, stderr } = await perfGate(bin, project, ['verify']);
  return code === 0 ? [] : [`verify: ${stdout}${stderr}`];
}

function differences(wanted: End, found: End): string[] {
  return Object.keys(wanted)
    .filter((key) => JSON.stringify(wanted[key]) !== JSON.stringify(found[key]))
    .map((key) => `${key}: ${JSON.stringify(wanted[key], null, 1)}\nbecame ${JSON.stringify(found[key], null, 1)}`);
}

async function debris(project: Project): Promise<string[]> {
  for (let waited = 0; ; waited += 100) {
    const found = debrisOf(project);
    const settled = !found.some((line) => line.startsWith('process ')) || waited >= GRACE_MS;
    if (settled) return found.map((line) => `left behind: ${line}`);
    await sleep(100);
  }
}

function copyHelper(from: string, to: string): void {
  if (!existsSync(from)) return; // no compiler here: nothing is compiled in the other runs either
  mkdirSync(dirname(to), { recursive: true });
  for (const name of readdirSync(from).filter((n) => /^stopwatch-[^.]*$/.test(n)))
    cpSync(join(from, name), join(to, name));
}
