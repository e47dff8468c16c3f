import type { RunOptions } from './state.ts';

/** What the engine, the hooks and the command line must know of a stage, besides what is done in it. */
export type StageFacts = {
  by: 'engine' | 'actor';
  /** The results that it may come to by itself. A workflow leads each of them somewhere, and may add others to an actor's stage. */
  results: readonly string[];
  /** Its actor may edit the project; elsewhere an actor edits its draft only. */
  editsProject?: true;
  /** A headless agent may do it; every other stage of an actor waits for a person. */
  headless?: true;
  /** The option of the run that may hold a command which does it. */
  command?: Extract<keyof RunOptions, `${string}_command`>;
  /** Without a person the draft, as the engine prepared it, is the answer. */
  draftSuffices?: true;
  /** It ends when a person approves the contract; until then nothing has been approved. */
  asksApproval?: true;
  /** It works on one attempt, whose number is shown with the stage's name. */
  ofAttempt?: true;
  /** The result with which an attempt begins. The stage takes one hotspot from the list, whatever its result. */
  opensAttempt?: string;
  /** It judges the open attempt; only this result allows a commit. */
  accepts?: string;
  /** It may begin only after the open attempt was committed or reverted. */
  needsSettled?: true;
};

/** The built-in stages, in the order in which a run first meets them. What is done in each stands in src/stages. */
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

/** A stage that only a team's own workflow knows. */
const ownStage: StageFacts = { by: 'actor', results: [] };

export const stageFacts = (name: string): StageFacts => (isBuiltIn(name) ? stageTable[name] : ownStage);
