import { join } from 'node:path';

/** Every path of a run under `.perf-gate/`. */
export type RunPaths = {
  /** `.perf-gate/` of the project. */
  home: string;
  /** `.perf-gate/runs/<id>/` */
  dir: string;
  journal: string;
  summary: string;
  report: string;
  html: string;
  samples: string;
  profiles: string;
  /** The transcripts of headless agents, one file for each call. */
  transcripts: string;
  /** `.perf-gate/local/<id>/`: drafts, briefs and logs; never for git. */
  local: string;
  /** The file that describes the background process of the run. The file exists only while that process runs. */
  detached: string;
  /** The file that says how the last background process of the run ended. */
  detachedEnd: string;
  detachedLog: string;
  /** The progress of the current measurement. */
  progress: string;
  artifact(number: number, stage: string): string;
  draft(stage: string): string;
  brief(stage: string): string;
  /** A file whose modification time is the last time at which a command of the stage was still running. */
  alive(stage: string): string;
  /** The recorded state of ignored files and nested repositories, which no git snapshot contains, when the fix of this epoch began. */
  unseen(epoch: number): string;
};

export const homeOf = (project: string) => join(project, '.perf-gate');
export const runsDir = (project: string) => join(homeOf(project), 'runs');
export const comparisonsDir = (project: string) => join(homeOf(project), 'comparisons');
export const runLock = (project: string) => join(homeOf(project), 'local', 'lock');
/** The state of the active run, which the hooks of an agent's client read. The file exists only while a run is active. */
export const hookFile = (project: string) => join(homeOf(project), 'local', 'hook.json');
/** The file with the id of the agent's session, such as a session of Claude Code, that drives the run. */
export const sessionFile = (project: string) => join(homeOf(project), 'local', 'session.json');
/** The draft of a contract, and the answers from which the draft was made. Both are removed when a run begins with this draft. */
export const draftFile = (project: string) => join(homeOf(project), 'local', 'contract.draft.yaml');
export const answersFile = (project: string) => join(homeOf(project), 'local', 'contract.answers.json');
/** The results of an interrupted bisection; removed when the bisection ends. */
export const bisectionFile = (project: string) => join(homeOf(project), 'local', 'bisection.jsonl');
export const configFile = (project: string) => join(homeOf(project), 'config.yaml');
export const workflowFile = (project: string) => join(homeOf(project), 'workflow.yaml');

export function runPaths(project: string, run: string): RunPaths {
  const home = homeOf(project);
  const dir = join(runsDir(project), run);
  const local = join(home, 'local', run);
  return {
    home,
    dir,
    local,
    journal: join(dir, 'journal.jsonl'),
    summary: join(dir, 'run.md'),
    report: join(dir, 'report.md'),
    html: join(dir, 'report.html'),
    samples: join(dir, 'samples'),
    profiles: join(dir, 'profiles'),
    transcripts: join(dir, 'transcripts'),
    detached: join(local, 'detached.json'),
    detachedEnd: join(local, 'detached-end.json'),
    detachedLog: join(local, 'detached.log'),
    progress: join(local, 'progress.json'),
    artifact: (number, stage) => join(dir, `${String(number).padStart(2, '0')}-${stage}.md`),
    draft: (stage) => join(local, `${stage}.draft.md`),
    brief: (stage) => join(local, `${stage}.brief.md`),
    alive: (stage) => join(local, `${stage}.alive`),
    unseen: (epoch) => join(local, `unseen-${epoch}.json`),
  };
}

/**
 * The paths in `.perf-gate/comparisons/<id>/`. The command `compare` writes the record of one comparison, or of one suite, to this folder.
 */
export function comparisonPaths(
  project: string,
  id: string,
): { dir: string; file: string; suite: string; html: string; samples: string } {
  const dir = join(comparisonsDir(project), id);
  return {
    dir,
    file: join(dir, 'comparison.md'),
    suite: join(dir, 'suite.md'),
    html: join(dir, 'suite.html'),
    samples: join(dir, 'samples'),
  };
}

/** `20261121-0934-make-the-report-faster`: an id of a run. Ids sort by time, and are valid as names of folders, refs and branches. */
export function runId(now: string, task: string): string {
  const stamp = now.replace(/[-:]/g, '').replace('T', '-').slice(0, 13);
  return `${stamp}-${slug(task)}`;
}

/** Lower-case ASCII words joined by hyphens, at most 40 characters; never empty. */
export function slug(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return words.slice(0, 40).replace(/-+$/, '') || 'task';
}
