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

/** The options that a run was started with. The journal records them, so that `resume` continues with the same options. */
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
  /** Relative to the project; null if the contract lies outside of it or came from the interview. */
  contract_file: z.nullable(z.string()),
  /** The class or the host of a fleet that measures; left out for this machine. */
  on: z.optional(z.string()),
});
export type RunOptions = z.infer<typeof runOptions>;

/** The state of git when the run began. */
const runGit = z.object({
  original_branch: z.nullable(z.string()),
  original_commit: z.string(),
  branch: z.nullable(z.string()),
  /** The snapshot that the first attempt is compared with: tracked and untracked files. */
  base: snapshot,
});
type RunGit = z.infer<typeof runGit>;

/** The contract that a run was started with, the result of its pre-flight, and the mark of an approval by `--yes` on this machine. */
const beginning = z.object({ contract: sealedContract, preflight, approval: z.nullable(z.string()) });
export type Beginning = z.infer<typeof beginning>;

/** The first record of a journal. `workflow` has a schema of its own; a reader needs only the first stage and the ends. */
export const runStarted = z.object({
  run: z.string(),
  task: z.string(),
  options: runOptions,
  git: runGit,
  /** Null if the contract does not exist yet. */
  beginning: z.nullable(beginning),
  workflow: z.object({ initial: z.string(), ends: z.array(z.string()) }),
});

/** A transition: the data of the stage that was left, and what was done with the open attempt. */
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
  /** The stage's data, read through its schema. For a stage that was left by `abort` or `escalate`: the reason. */
  data: unknown;
  effects: { commit?: FactsOf<'commit'>; revert?: FactsOf<'revert'> };
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
  /** The end that the run reached; null while it goes on. */
  ended: string | null;
  steps: Step[];
  /** Side effects with an intent line and no done line, because of a crash between the two. */
  open_intents: { effect: EffectName; key: string }[];
  /** Repairs after a crash since the last transition, as sentences for the next artifact. */
  recovered: string[];
  done: DoneEffects;
};

/** The events of a run: those of its tools, each new stage, and each verdict. */
export type RunEvent =
  | Event
  | { kind: 'stage'; stage: string; epoch: number; attempt: number }
  | { kind: 'verdict'; attempt: AttemptRecord & Judged; contract: Contract; test: BaselineData['test'] };

/** The surroundings of a run. */
export type RunWorld = Omit<World, 'notify'> & {
  notify: (event: RunEvent) => void;
  /** Measures on other hosts; left out if the caller has none. */
  elsewhere?: Elsewhere;
};

/** A run, open for reading. */
export type RunView = {
  state: RunState;
  repo: Repo;
  paths: RunPaths;
  world: RunWorld;
  redact: Redact;
};

/** A run, open for writing. */
export type Run = RunView & {
  /** The other runs of this project, oldest first, without those that cannot be read. */
  others(): RunState[];
  /**
   * Carries out a side effect between an intent line and a done line in the journal. If the journal says that the effect was done before a
   * crash, returns its recorded facts and does nothing. `look` changes nothing, and throws if the effect must be refused. It runs before
   * the intent line, because the next command completes every effect that has one.
   */
  effect<Name extends EffectName>(
    effect: Name,
    key: string,
    act: () => Promise<FactsOf<Name>>,
    look?: () => Promise<unknown>,
  ): Promise<FactsOf<Name>>;
};

/** The outcome of a stage: its result, its data (frontmatter and journal), and the values that its template shows. */
export type Outcome<Data = object> = {
  result: string;
  data: Data;
  values: Record<string, string | number>;
  /** The artifact's path, if the artifact is not a numbered one. */
  file?: string;
};

/** The artifact that an actor submitted. `draft` is its frontmatter. */
export type Submission = { file: string; result: string; draft: Record<string, unknown>; body: string };

/** A stage that the engine performs without an actor. */
export type EngineStage = { perform(run: Run): Promise<Outcome> };

/** A stage of an actor: its brief, the draft that it starts from, and the outcome of its answer. */
export type ActorStage = {
  /** Values for the instruction text, and the frontmatter and body that the draft begins with. */
  prepare(run: Run): Promise<{ values: Record<string, string | number>; draft: Record<string, unknown>; body: string }>;
  receive(run: Run, submission: Submission): Promise<Outcome>;
};

export type Stage = EngineStage | ActorStage;

/** A step whose stage had a result, with that stage's data. */
export type DoneStep<Stage extends keyof StageData> = Step & { data: StageData[Stage] };

/** Whether a step is one of `stage` that had a result: its data is then that stage's data. */
export function isStep<Stage extends keyof StageData>(step: Step, stage: Stage): step is DoneStep<Stage> {
  return step.stage === stage && isDone(step);
}

export function lastStep<Stage extends keyof StageData>(state: RunState, stage: Stage): DoneStep<Stage> | undefined {
  return stepsOf(state, stage).at(-1);
}

export function stepsOf<Stage extends keyof StageData>(state: RunState, stage: Stage): DoneStep<Stage>[] {
  return state.steps.filter((step) => isStep(step, stage));
}
