import { isBuiltIn, type StageName, stageTable } from '../record/stages.ts';
import type { ActorStage, EngineStage, Stage } from '../record/state.ts';
import { anyActor } from './any-actor.ts';
import { baseline } from './baseline.ts';
import { fix } from './fix.ts';
import { hotspots } from './hotspots.ts';
import { profile } from './profile/profile.ts';
import { remeasure } from './remeasure.ts';
import { report } from './report.ts';
import { scoping } from './scoping.ts';
import { verdict } from './verdict.ts';

type StageBy = { engine: EngineStage; actor: ActorStage };

/**
 * The code of the built-in stages. A stage has the same name in this table, in `stageTable`, in the workflow, and in the folders stages/
 * and templates/.
 */
const stages = { scoping, baseline, profile, hotspots, fix, remeasure, verdict, report } satisfies {
  [Name in StageName]: StageBy[(typeof stageTable)[Name]['by']];
};

/**
 * The code of a stage. `by`: who does the stage in the run's workflow. Returns `anyActor` if the stage is not built in, or if the workflow
 * names another doer for a built-in stage.
 */
export function stageOf(name: string, by: 'engine' | 'actor'): Stage {
  return isBuiltIn(name) && stageTable[name].by === by ? stages[name] : anyActor;
}
