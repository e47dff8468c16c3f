import type { RunOptions } from './state.ts';

/** The properties of a stage that the engine, the hooks and the command line need. The code of a stage is in src/stages. */
export type StageFacts = {
  by: 'engine' | 'actor';
  /** The results that the built-in stage can have. A workflow gives each result a target, and may add results to an actor's stage. */
  results: readonly string[];
  /** Whether the actor may edit the project. In other stages, the actor edits the stage's draft only. */
  editsProject?: true;
  /** Whether a headless agent may do the stage. Otherwise the stage waits for a person. */
  headless?: true;
  /** The option of the run that sets the command for the stage. */
  command?: Extract<keyof RunOptions, `${string}_command`>;
  /** Whether an unattended run submits the prepared draft unchanged. */
  draftSuffices?: true;
  /** Whether the stage ends when a person approves the contract. */
  asksApproval?: true;
  /** Whether the stage works on one attempt. Messages then show the attempt's number after the stage's name. */
  ofAttempt?: true;
  /**
   * The result of this stage that opens an attempt. A stage with this field takes one hotspot from the list, regardless of the
   * stage's result.
   */
  opensAttempt?: string;
  /** The result of this stage that allows a commit of the open attempt. Present only if the stage judges the attempt. */
  accepts?: string;
  /** Whether the stage may begin only after the open attempt was committed or reverted. */
  needsSettled?: true;
};

/** The built-in stages, in the order in which a run first enters each stage. */
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
