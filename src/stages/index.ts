import type { Stage } from '../record/state.ts';
import { asActor } from './any-actor.ts';
import { baseline } from './baseline.ts';
import { fix } from './fix.ts';
import { hotspots } from './hotspots.ts';
import { profile } from './profile/profile.ts';
import { remeasure } from './remeasure.ts';
import { report } from './report/report.ts';
import { scoping } from './scoping.ts';
import { verdict } from './verdict.ts';

/** Every stage that the engine knows. A stage has one name here, in the workflow, in stages/ and in templates/. */
export const stages: Record<string, Stage> = { scoping, baseline, profile, hotspots, fix, remeasure, verdict, report };

/** What is done in a stage. A team's own stage, which only its workflow knows, is somebody's to do and to hand in. */
export function stageOf(name: string, by: 'engine' | 'actor'): Stage {
  const known = stages[name];
  return known && known.by === by ? known : asActor;
}
