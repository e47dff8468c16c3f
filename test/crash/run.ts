import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JournalRecord } from '../../src/artifact/journal.ts';
import type { Project } from './project.ts';

/** How a process of a story ended. `at`: the stage or effect that the run was in by then. */
export type Ended = { code: number | null; killed: boolean; stdout: string; stderr: string; ms: number; at: string };

/**
 * Says when to kill: as soon as the journal says it, then after so many milliseconds. `all`: also every process below it, as when a
 * container is stopped; git among them has no time to take its locks away.
 */
export type Kill = { when?(records: JournalRecord[]): boolean; after?: number; all?: boolean };

/** The launcher that is tried; every process leads a group of its own, so that all of it can be killed. */
export async function perfGate(bin: string, project: Project, args: string[], kill?: Kill): Promise<Ended> {
  const began = performance.now();
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: project.root,
    env: project.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const over = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  if (kill) await Promise.race([over, killing(child, project, kill)]);
  const code = await over;
  const killed = child.signalCode === 'SIGKILL';
  return { code, killed, stdout, stderr, ms: performance.now() - began, at: placeOf(journalOf(project)) };
}

async function killing(child: ChildProcess, project: Project, kill: Kill): Promise<void> {
  while (kill.when && child.exitCode === null && !kill.when(journalOf(project))) await sleep(1);
  await Promise.race([sleep(kill.after ?? 0), once(child, 'exit')]);
  if (child.exitCode !== null || !child.pid) return;
  if (kill.all) killAll(child.pid);
  else process.kill(-child.pid, 'SIGKILL');
}

/** All are stopped before any is killed, so that none can start another meanwhile. */
function killAll(parent: number): void {
  const stopped = new Set<number>();
  const next = () => [parent, ...descendants(parent)].filter((pid) => !stopped.has(pid));
  for (let found = next(); found.length > 0; found = next())
    for (const pid of found) {
      stopped.add(pid);
      signal(pid, 'SIGSTOP');
    }
  for (const pid of stopped) signal(pid, 'SIGKILL');
}

/** A process may have ended by itself. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function descendants(of: number): number[] {
  const parents = readdirSync('/proc').flatMap((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return [[Number(pid), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const];
    } catch {
      return [];
    }
  });
  const below = (pid: number): number[] =>
    parents.filter(([, parent]) => parent === pid).flatMap(([child]) => [child, ...below(child)]);
  return below(of);
}

/** The records of the one run of this project, as far as they are whole. */
export function journalOf(project: Project): JournalRecord[] {
  const runs = join(project.root, '.perf-gate/runs');
  const file =
    existsSync(runs) &&
    readdirSync(runs)
      .map((id) => join(runs, id, 'journal.jsonl'))
      .find(existsSync);
  if (!file) return [];
  const text = readFileSync(file, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as JournalRecord);
}

/** Names a record by what it says, whatever came before it. */
export function nameOf(record: JournalRecord): string {
  switch (record.type) {
    case 'transition':
      return `${record.stage} ${record.epoch} ${record.result}`;
    case 'intent':
    case 'done':
      return `${record.type} ${record.effect} ${record.key}`;
    default:
      return record.type;
  }
}

function placeOf(records: JournalRecord[]): string {
  const last = records.findLast((r) => r.type !== 'done' || r.effect !== 'recover');
  if (!last) return 'start, before the journal';
  if (last.type === 'intent') return `effect ${last.effect}`;
  const moved = records.findLast((r) => r.type === 'transition');
  return moved ? `stage ${moved.to}` : 'start';
}
