import { readFileSync } from 'node:fs';
import { run } from './exec.ts';

/**
 * This process or one of its ancestors. `words`: the words of its command line. `environment`: the variables (`NAME=value`) with which the
 * process was started. Empty if the system does not show the environment.
 */
export type Forebear = { pid: number; words: readonly string[]; environment: readonly string[] };

/**
 * The largest number of ancestors to look at. Real processes have far fewer ancestors. The limit matters only if a process wrongly appears
 * among its own ancestors.
 */
const LONGEST = 1000;

/**
 * This process, its parent, and all further ancestors. The leader of the process session is included even if it is not an ancestor: an
 * ancestor that has ended was possibly its child. Processes that have ended or that belong to another user can be missing.
 */
export async function lineage(): Promise<[Forebear, ...Forebear[]]> {
  const tell = process.platform === 'linux' ? tellFromProc : fromPs(await ps());
  const ourselves = tell(process.pid) ?? { pid: process.pid, parent: 0, session: 0, words: [], environment: [] };
  const above: Told[] = [];
  for (let next = tell(ourselves.parent); next && above.length < LONGEST; next = tell(next.parent)) above.push(next);
  const leader = tell(ourselves.session);
  const isNew = leader && ![ourselves, ...above].some(({ pid }) => pid === leader.pid);
  return [ourselves, ...above, ...(isNew ? [leader] : [])];
}

type Told = Forebear & { parent: number; session: number };

function tellFromProc(pid: number): Told | undefined {
  const stat = read(pid, 'stat');
  if (stat === '') return undefined;
  const [, parent, , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const parts = (file: string) => read(pid, file).split('\0').filter(Boolean);
  const [words, environment] = [parts('cmdline'), parts('environ')];
  return { pid, parent: Number(parent), session: Number(session), words, environment };
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // the process has ended, or belongs to another user
  }
}

const ps = async () => (await run('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='])).stdout;

/**
 * Makes a function that finds a process by its pid in the output of `ps`, for systems without /proc. The output shows neither the
 * environment nor the session.
 */
export function fromPs(lines: string): (pid: number) => Told | undefined {
  const all = lines.split('\n').flatMap((line): Told[] => {
    const [pid, parent, ...words] = line.trim().split(/\s+/);
    return pid ? [{ pid: Number(pid), parent: Number(parent), session: 0, words, environment: [] }] : [];
  });
  const byPid = new Map(all.map((one) => [one.pid, one]));
  return (pid) => byPid.get(pid);
}
