import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { debrisOf, type End, endOf } from './end.ts';
import { makeProject, type Project } from './project.ts';
import { type Ended, journalOf, type Kill, perfGate } from './run.ts';
import type { Setting } from './settings.ts';

/** A run that was killed again and again, and how it came out. `differs`: what is not as in the run that was left alone. */
/** `locks`: those of a killed git that stopped the run until somebody removed them. */
export type Told = { kills: number; processes: Ended[]; differs: string[]; locks: string[] };

/** The run that nobody kills: where all the others of the setting must come to. `helper` is a compiled measuring helper that they may use. */
export type Reference = {
  setting: Setting;
  end: End;
  ms: number;
  journal: ReturnType<typeof journalOf>;
  helper: string;
};

/** How long orphans may take to notice that their parent is gone. */
const GRACE_MS = 3000;

export async function reference(bin: string, keep: string, setting: Setting): Promise<Reference> {
  const project = begin(setting);
  const helper = join(keep, 'helper');
  try {
    copyHelper(helper, join(project.home, 'cache/perf-gate'));
    const { code, ms, stdout, stderr } = await perfGate(bin, project, setting.args);
    if (code !== 0) throw new Error(`the run that nobody killed exits with ${code}:\n${stdout}${stderr}`);
    copyHelper(join(project.home, 'cache/perf-gate'), helper);
    const debris = debrisOf(project);
    if (debris.length > 0) throw new Error(`the run that nobody killed leaves behind:\n${debris.join('\n')}`);
    return { setting, end: endOf(project), ms, journal: journalOf(project), helper };
  } finally {
    project.remove();
  }
}

/** Starts a run, kills it as `kills` says, one process after the other, and lets the last one come to its end. */
export async function tell(bin: string, { setting, end, helper }: Reference, kills: Iterable<Kill>): Promise<Told> {
  const project = begin(setting);
  try {
    copyHelper(helper, join(project.home, 'cache/perf-gate'));
    const processes: Ended[] = [];
    const locks: string[] = [];
    const planned = kills[Symbol.iterator]();
    for (let goesOn = true; goesOn; ) {
      const args = journalOf(project).length > 0 ? ['resume', '--json'] : setting.args;
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
    locks.push(...removeLocks(project, processes));
    const differs = [
      ...(killedTwice(project) ? stoppedFor(processes.at(-1)!) : outcomeOf(processes.at(-1)!)),
      ...(killedTwice(project) ? [] : differences(end, endOf(project))),
      ...(await debris(project)),
      ...(await unverified(bin, project)),
    ];
    return { kills: processes.filter((p) => p.killed).length, processes, differs, locks };
  } finally {
    project.remove();
  }
}

/** A project of the setting, before its run. */
export function begin({ change, work }: Setting): Project {
  const project = makeProject(change);
  work?.(project);
  return project;
}

/** The last process tells the outcome of the run; where the kill came after the very end, that it has ended. */
function outcomeOf({ code, stdout, stderr }: Ended): string[] {
  if (code === 0 && (JSON.parse(stdout) as { outcome: string }).outcome === 'accepted') return [];
  if (code === 2 && stdout.includes('no_active_run')) return [];
  return [`the last process exits with ${code}:\n${stdout}\n${stderr}`];
}

/** Whether it was killed twice while one attempt was open: the run then needs a person, and ends as that. */
function killedTwice(project: Project): boolean {
  const open = journalOf(project).flatMap((record) =>
    record.type === 'done' && record.effect === 'recover' ? ((record.facts as { attempt?: number }).attempt ?? []) : [],
  );
  return open.length > new Set(open).size;
}

/** As `outcomeOf`, of a run that was killed twice in one attempt. */
function stoppedFor({ code, stdout, stderr }: Ended): string[] {
  if (code === 3 && (JSON.parse(stdout) as { reason?: string }).reason?.startsWith('interrupted_twice: ')) return [];
  if (code === 2 && stdout.includes('no_active_run')) return [];
  return [`the last process exits with ${code}, and the run was killed twice in one attempt:\n${stdout}\n${stderr}`];
}

/** The lock of a killed git that an error names, so that a person can remove it. */
function lockIn({ code, stdout }: Ended): string | undefined {
  const file = code === 3 ? /(\/[^'"\s]+\.lock)\b/.exec(stdout)?.[1] : undefined;
  return file && existsSync(file) ? file : undefined;
}

/** Locks that no later step needed: the resumed run has told of them, and a person removes them. */
function removeLocks({ root }: Project, processes: Ended[]): string[] {
  const told = processes.flatMap(({ stderr }) => [...stderr.matchAll(/(\/\S+\.lock) is there/g)].map((m) => m[1]!));
  const left = [...new Set(told)].filter((lock) => lock.startsWith(root) && existsSync(lock));
  for (const lock of left) rmSync(lock);
  return left.map((lock) => basename(lock));
}

/** What `perf-gate verify` finds: a journal, artifacts, samples and commits that do not fit together. */
export async function unverified(bin: string, project: Project): Promise<string[]> {
  const { code, stdout, stderr } = await perfGate(bin, project, ['verify']);
  return code === 0 ? [] : [`verify: ${stdout}${stderr}`];
}

export function differences(wanted: End, found: End): string[] {
  return Object.keys(wanted)
    .filter((key) => JSON.stringify(wanted[key]) !== JSON.stringify(found[key]))
    .map((key) => `${key}: ${JSON.stringify(wanted[key], null, 1)}\nbecame ${JSON.stringify(found[key], null, 1)}`);
}

export async function debris(project: Project): Promise<string[]> {
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
  for (const name of readdirSync(from).filter((n) => /^(stopwatch|room)-[^.]*$/.test(n)))
    cpSync(join(from, name), join(to, name));
}
