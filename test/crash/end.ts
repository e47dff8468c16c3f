import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { AttemptRecord } from '../../src/record/data.ts';
import { filesUnder } from '../helpers/files.ts';
import type { Project } from './project.ts';
import { journalOf } from './run.ts';

/** Where a run came to, without what may differ between two runs: names with a time in them, ids of commits, times. */
export type End = Record<string, unknown>;

export function endOf(project: Project): End {
  const { root, git } = project;
  const [id = ''] = readdirSync(join(root, '.perf-gate/runs'));
  const plain = (text: string) => text.replaceAll(id, 'RUN');
  const branch = git('symbolic-ref', '--short', 'HEAD');
  return {
    branch,
    original: git('rev-parse', 'main') === git('rev-list', '--max-parents=0', 'HEAD'),
    commits: plain(git('log', '--reverse', '--format=%s%n%b', 'main..HEAD')),
    tree: git('rev-parse', 'HEAD^{tree}'),
    index: git('ls-files', '--stage'),
    status: git('status', '--porcelain', '--ignored'),
    files: Object.fromEntries(Object.entries(filesUnder(root)).filter(([path]) => !path.startsWith('.perf-gate/'))),
    kept: keptTrees(project, id).map(plain),
    stages: journalOf(project).flatMap((r) =>
      r.type === 'transition' ? [`${r.stage} ${r.epoch} ${r.result} ${r.to}`] : [],
    ),
    artifacts: readdirSync(join(root, '.perf-gate/runs', id))
      .filter((name) => !name.startsWith('journal'))
      .sort(),
    attempts: verdicts(project),
    ended: /has ended: \*\*(\w+)/.exec(readFileSync(join(root, '.perf-gate/runs', id, 'run.md'), 'utf8'))?.[1],
    branches: git('for-each-ref', '--format=%(refname) %(tree)', 'refs/heads/').split('\n').map(plain),
  };
}

/**
 * What the refs of the run hold; the edits of commands that were killed are kept besides, and no part of the comparison. Of the user's index,
 * which has times of files in it, what it stages.
 */
function keptTrees({ git }: Project, id: string): string[] {
  const refs = git('for-each-ref', '--format=%(refname)', `refs/perf-gate/${id}`).split('\n').filter(Boolean);
  return refs
    .filter((ref) => !ref.includes('/kept/unfinished-'))
    .map((ref) => `${ref} ${git('rev-parse', ref.endsWith('/index') ? `${ref}:staged` : `${ref}^{tree}`)}`);
}

function verdicts(project: Project): object[] {
  return journalOf(project).flatMap((record) => {
    if (record.type !== 'transition' || record.stage !== 'verdict') return [];
    const { hotspot, verdict, reasons, primary } = record.data as AttemptRecord;
    return [{ hotspot, verdict, reasons: reasons.map(({ code }) => code), primary }];
  });
}

/** What a crash may leave and recovery must not: processes, half-written files, locks, arms, refs without a run. */
export function debrisOf(project: Project): string[] {
  const { root, home, git } = project;
  const inProject = Object.keys(filesUnder(root)).filter((path) => /\.tmp$|(^|\/)\.?lock(\.|$)/.test(path));
  const inGit = Object.keys(filesUnder(join(root, '.git'))).filter((path) =>
    /\.lock$|perf-gate-index|\.tmp$/.test(path),
  );
  const cache = join(home, 'cache/perf-gate');
  const inCache = Object.keys(filesUnder(cache)).filter(
    (path) => !/^(stopwatch|room)-[^.]*$/.test(path) && path !== 'arms/',
  );
  const runs = readdirSync(join(root, '.perf-gate/runs'));
  const refs = git('for-each-ref', '--format=%(refname)', 'refs/perf-gate/').split('\n').filter(Boolean);
  return [
    ...inProject,
    ...inGit.map((path) => `.git/${path}`),
    ...inCache.map((path) => `cache: ${path}`),
    ...Object.keys(filesUnder(join(home, 'tmp'))).map((path) => `temporary: ${path}`),
    ...runs
      .filter((id) => !existsSync(join(root, '.perf-gate/runs', id, 'journal.jsonl')))
      .map((id) => `${id}: no journal`),
    ...refs.filter((ref) => !runs.includes(ref.split('/')[2] ?? '')).map((ref) => `${ref}: no run`),
    ...processesIn(home),
  ];
}

/** Processes that work below a folder, or were started with a path of it. Zombies wait for their parent and do nothing. */
function processesIn(folder: string): string[] {
  if (!existsSync('/proc/self')) return [];
  return readdirSync('/proc').flatMap((pid) => {
    try {
      if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const cwd = readlinkSync(`/proc/${pid}/cwd`);
      return command && (cwd.startsWith(folder) || command.includes(folder)) ? [`process ${pid}: ${command}`] : [];
    } catch {
      return [];
    }
  });
}
