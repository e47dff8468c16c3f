import * as z from 'zod/mini';
import { type AgentName, isAgent } from '../agent/agents.ts';
import { isDone } from '../artifact/journal.ts';
import type { RunPaths } from '../artifact/paths.ts';
import type { Redact } from '../artifact/redact.ts';
import type { Contract } from '../contract/schema/contract.ts';
import type { Event, World } from '../core/world.ts';
import type { Elsewhere } from '../experiment/elsewhere.ts';
import type { Judged } from '../experiment/judged.ts';
import type { Repo } from '../git/repo.ts';
import { type AttemptRecord, type BaselineData, preflight, type StageData, sealedContract } from './data.ts';
import type { DoneEffects, EffectName, FactsOf } from './effects.ts';
import { snapshot } from './judged-schema.ts';

/** The options that a run was started with. The journal records the options, so that `resume` continues with the same ones. */
const runOptions = z.object({
  agent: z.union([
    z.enum(['manual', 'command', 'inline']),
    z.custom<AgentName>((name) => typeof name === 'string' && isAgent(name)),
  ]),
  fix_command: z.nullable(z.string()),
  propose_command: z.nullable(z.string()),
  yes: z.boolean(),
  include_dirty: z.boolean(),
  no_branch: z.boolean(),
  /**
   * The path of the contract's file in the project. Null if the file lies outside the project or if the contract came from the interview.
   */
  contract_file: z.nullable(z.string()),
  /** The class or the host of a fleet that measures this run. Absent if this machine measures it. */
  on: z.optional(z.string()),
});
export type RunOptions = z.infer<typeof runOptions>;

/** The state of git when the run began. */
const runGit = z.object({
  original_branch: z.nullable(z.string()),
  original_commit: z.string(),
  branch: z.nullable(z.string()),
  /** The snapshot with which the first attempt is compared: tracked and untracked files. */
  base: snapshot,
});
type RunGit = z.infer<typeof runGit>;

/** The contract that a run was started with, the result of its pre-flight, and the keyed hash of an approval by `--yes` on this machine. */
const beginning = z.object({ contract: sealedContract, preflight, approval: z.nullable(z.string()) });
export type Beginning = z.infer<typeof beginning>;

/**
 * The first record of a journal. This schema reads only the first stage and the ends of `workflow`. `workflowFrom` reads the whole
 * workflow.
 */
export const runStarted = z.object({
  run: z.string(),
  task: z.string(),
  options: runOptions,
  git: runGit,
  /** The contract that the run was started with. Null if the run began without one. */
  beginning: z.nullable(beginning),
  workflow: z.object({ initial: z.string(), ends: z.array(z.string()) }),
});

/** A transition from one stage to the next: the data of the stage that was left, and what was done with the open attempt. */
export type Step = {
  stage: string;
  epoch: number;
  attempt: number;
  result: string;
  to: string;
  at: string;
  artifact: string | null;
  /** SHA-256 of the artifact as it was written. Null if the stage wrote none. */
  artifact_hash: string | null;
  /** The stage's data, read through its schema. If `abort` or `escalate` ended the stage, this field contains the reason. */
  data: unknown;
  effects: { commit?: FactsOf<'commit'>; revert?: FactsOf<'revert'> };
};

/** A run's state, which `fold` computes from the journal. */
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
  /** The name of the end that the run reached. Null before the end. */
  ended: string | null;
  steps: Step[];
  /** Side effects that have an intent line in the journal but no done line, because perf-gate crashed between the two lines. */
  open_intents: { effect: EffectName; key: string }[];
  /** Sentences about repairs after crashes since the last transition, for the next artifact. */
  recovered: string[];
  done: DoneEffects;
};

/** The events that a run reports: events of the tools, each new stage, and each verdict. */
export type RunEvent =
  | Event
  | { kind: 'stage'; stage: string; epoch: number; attempt: number }
  | { kind: 'verdict'; attempt: AttemptRecord & Judged; contract: Contract; test: BaselineData['test'] };

/** The environment in which a run works: clock, events, and other hosts. */
export type RunWorld = Omit<World, 'notify'> & {
  notify: (event: RunEvent) => void;
  /** Measures on other hosts. Absent if the caller has no hosts. */
  elsewhere?: Elsewhere;
};

/** A run that a command only reads. */
export type RunView = {
  state: RunState;
  repo: Repo;
  paths: RunPaths;
  world: RunWorld;
  redact: Redact;
};

/** A run that a command may change. */
export type Run = RunView & {
  /** The other runs of this project, oldest first, without those that cannot be read. */
  others(): RunState[];
  /**
   * Carries out a side effect. The journal gets an intent line before the effect, and a done line after the effect. If the journal says
   * that the effect was completed before a crash, returns the recorded facts and does nothing. `look` checks whether the effect can
   * begin, changes nothing, and throws if the effect must be refused. `look` runs before the intent line, because the next command
   * completes every effect that has an intent line.
   */
  effect<Name extends EffectName>(
    effect: Name,
    key: string,
    act: () => Promise<FactsOf<Name>>,
    look?: () => Promise<unknown>,
  ): Promise<FactsOf<Name>>;
};

/** The outcome of a stage: the result, the data for frontmatter and journal, and the values that the stage's template shows. */
export type Outcome<Data = object> = {
  result: string;
  data: Data;
  values: Record<string, string | number>;
  /** The path of the artifact, if it is not a numbered artifact. */
  file?: string;
};

/** The artifact that an actor submitted. `draft` is its frontmatter. */
export type Submission = { file: string; result: string; draft: Record<string, unknown>; body: string };

/** A stage that the engine performs without an actor. */
export type EngineStage = { perform(run: Run): Promise<Outcome> };

/** A stage that an actor does: its brief, the draft with which the actor starts, and the outcome of the actor's answer. */
export type ActorStage = {
  /** Returns the values that the instruction text shows, and the draft's frontmatter (`draft`) and body. */
  prepare(run: Run): Promise<{ values: Record<string, string | number>; draft: Record<string, unknown>; body: string }>;
  receive(run: Run, submission: Submission): Promise<Outcome>;
};

export type Stage = EngineStage | ActorStage;

/** A step (a past stage) that had a result, with the data of that stage. */
export type DoneStep<Stage extends keyof StageData> = Step & { data: StageData[Stage] };

/** Whether a step belongs to `stage` and had a result. The step's data is then the data of `stage`. */
export function isStep<Stage extends keyof StageData>(step: Step, stage: Stage): step is DoneStep<Stage> {
  return step.stage === stage && isDone(step);
}

export function lastStep<Stage extends keyof StageData>(state: RunState, stage: Stage): DoneStep<Stage> | undefined {
  return stepsOf(state, stage).at(-1);
}

export function stepsOf<Stage extends keyof StageData>(state: RunState, stage: Stage): DoneStep<Stage>[] {
  return state.steps.filter((step) => isStep(step, stage));
}
