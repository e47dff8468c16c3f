import type { AgentName } from '../agent/agents.ts';
import type { RunPaths } from '../artifact/paths.ts';
import type { Redact } from '../artifact/redact.ts';
import type { Contract } from '../contract/schema/contract.ts';
import type { World } from '../core/world.ts';
import type { Repo } from '../git/repo.ts';
import type {
  AttemptRecord,
  BaselineData,
  FixData,
  HotspotsData,
  Preflight,
  ProfileData,
  RemeasureData,
  ReportData,
  ScopingData,
} from './data.ts';

/** How the run was started: kept in its journal, so that `resume` goes on the same way. */
export type RunOptions = {
  agent: 'manual' | 'command' | 'inline' | AgentName;
  fix_command: string | null;
  propose_command: string | null;
  yes: boolean;
  include_dirty: boolean;
  no_branch: boolean;
  /** Relative to the project; null for a contract that lies outside of it, or came from the interview. */
  contract_file: string | null;
};

/** What git looked like when the run began. */
export type RunGit = {
  original_branch: string | null;
  original_commit: string;
  branch: string | null;
  /** The snapshot that the first attempt is compared with: tracked and untracked files. */
  base: { commit: string; tree: string };
};

/** The contract that a run was started with, what its pre-flight saw, and the mark of an approval by `--yes` on this machine. */
export type Beginning = { contract: Contract; preflight: Preflight; approval: string | null };

/** The data that each stage leaves, by stage. */
export type StageData = {
  scoping: ScopingData;
  baseline: BaselineData;
  profile: ProfileData;
  hotspots: HotspotsData;
  fix: FixData;
  remeasure: RemeasureData;
  verdict: AttemptRecord;
  report: ReportData;
};

/** One transition that was made: what a stage left, and what was done with the open attempt. */
export type Step = {
  stage: string;
  epoch: number;
  attempt: number;
  result: string;
  to: string;
  at: string;
  artifact: string | null;
  /** SHA-256 of the artifact as it was written; null without one. */
  artifact_hash: string | null;
  data: unknown;
  effects: Record<string, unknown>;
};

/** A run's state: its journal, folded. */
export type RunState = {
  run: string;
  task: string;
  started_at: string;
  options: RunOptions;
  git: RunGit;
  beginning: Beginning | null;
  stage: string;
  epoch: number;
  paused: boolean;
  /** The end it reached, if any. */
  ended: string | null;
  steps: Step[];
  /** Side effects that were begun and not recorded as done: a crash came between. */
  open_intents: { effect: string; key: string }[];
  /** What was mended after a crash since the last transition, as sentences for the next artifact. */
  recovered: string[];
  /** Facts of the side effects that were done, by `effect key`. */
  done: Record<string, unknown>;
};

/** A run with what is needed to work on it. */
export type Run = {
  state: RunState;
  repo: Repo;
  paths: RunPaths;
  world: World;
  redact: Redact;
  /** The other runs of this project, oldest first, without those that cannot be read. */
  others(): RunState[];
  /**
   * Carries out a side effect between an intent line and a done line in the journal. When the journal says that it was done
   * before a crash, its recorded facts are returned and nothing is done again.
   */
  effect<Facts>(effect: string, key: string, act: () => Promise<Facts>): Promise<Facts>;
};

/** What a stage comes to: its result, its data (frontmatter and journal), and the values its template shows. */
export type Outcome<Data = object> = {
  result: string;
  data: Data;
  values: Record<string, string | number>;
  /** Where the artifact goes, when it is not a numbered one. */
  file?: string;
};

/** What an actor handed in. `draft` is the frontmatter of the submitted artifact. */
export type Submission = { file: string; result: string; draft: Record<string, unknown>; body: string };

/** What a stage may come to by itself; a workflow must lead every one of them somewhere, and may add others where an actor answers. */
type Results = { results: readonly string[] };

/** A stage that the engine performs by itself. */
export type EngineStage = Results & { by: 'engine'; perform(run: Run): Promise<Outcome> };

/** A stage of an actor: what the actor is told and given, and what its answer comes to. */
export type ActorStage = Results & {
  by: 'actor';
  /** Values for the instruction text, and the frontmatter and body that the draft begins with. */
  prepare(run: Run): Promise<{ values: Record<string, string | number>; draft: Record<string, unknown>; body: string }>;
  receive(run: Run, submission: Submission): Promise<Outcome>;
};

export type Stage = EngineStage | ActorStage;

/** Whether the stage itself came to a result: a run that is aborted or escalated leaves its stage without the stage's data. */
export const isDone = (step: Pick<Step, 'result'>) => step.result !== 'abort' && step.result !== 'escalate';

export function lastStep<S extends keyof StageData>(
  state: RunState,
  stage: S,
): (Step & { data: StageData[S] }) | undefined {
  return state.steps.findLast((s) => s.stage === stage && isDone(s)) as (Step & { data: StageData[S] }) | undefined;
}

export function stepsOf<S extends keyof StageData>(state: RunState, stage: S): (Step & { data: StageData[S] })[] {
  return state.steps.filter((s) => s.stage === stage && isDone(s)) as (Step & { data: StageData[S] })[];
}
