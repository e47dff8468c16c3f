import type { RunOptions } from './state.ts';

/** The properties of a stage for the engine, the hooks and the command line. The code of a stage is in src/stages. */
export type StageFacts = {
  by: 'engine' | 'actor';
  /** The results that the built-in stage can have. A workflow gives each of them a target, and may add results to an actor's stage. */
  results: readonly string[];
  /** The actor may edit the project; in other stages an actor edits its draft only. */
  editsProject?: true;
  /** A headless agent may do the stage; otherwise an actor's stage waits for a person. */
  headless?: true;
  /** The run's option that may hold a command which does the stage. */
  command?: Extract<keyof RunOptions, `${string}_command`>;
  /** In an unattended run, the draft that the engine prepared is the answer. */
  draftSuffices?: true;
  /** The stage ends when a person approves the contract; until then nothing has been approved. */
  asksApproval?: true;
  /** The stage works on one attempt. The attempt's number is shown after the stage's name. */
  ofAttempt?: true;
  /** The result with which an attempt begins. With any result, the stage takes one hotspot from the list. */
  opensAttempt?: string;
  /** The stage judges the open attempt; only this result allows a commit. */
  accepts?: string;
  /** The stage may begin only after the open attempt was committed or reverted. */
  needsSettled?: true;
};

/** The built-in stages, in the order in which a run first meets them. */
export const stageTable = {
  scoping: { by: 'actor', results: ['pending', 'approved'], headless: true, asksApproval: true },
  baseline: { by: 'engine', results: ['measured', 'unstable', 'failed'] },
  profile: { by: 'engine', results: ['profiled', 'failed'], needsSettled: true },
  hotspots: {
    by: 'actor',
    results: ['proposed', 'exhausted'],
    headless: true,
    command: 'propose_command',
    draftSuffices: true,
  },
  fix: {
    by: 'actor',
    results: ['done', 'skipped'],
    editsProject: true,
    headless: true,
    command: 'fix_command',
    ofAttempt: true,
    opensAttempt: 'done',
    needsSettled: true,
  },
  remeasure: { by: 'engine', results: ['measured', 'broken'], ofAttempt: true },
  verdict: { by: 'engine', results: ['accepted', 'rejected', 'inconclusive'], ofAttempt: true, accepts: 'accepted' },
  report: { by: 'engine', results: ['reported'], needsSettled: true },
} as const satisfies Record<string, StageFacts>;

export type StageName = keyof typeof stageTable;

export const isBuiltIn = (name: string): name is StageName => Object.hasOwn(stageTable, name);

/** A stage that only a team's own workflow defines. */
const ownStage: StageFacts = { by: 'actor', results: [] };

export const stageFacts = (name: string): StageFacts => (isBuiltIn(name) ? stageTable[name] : ownStage);
