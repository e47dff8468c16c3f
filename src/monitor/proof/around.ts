import type { World } from '../../core/world.ts';
import type { Attempt, Case } from '../analytics/cases.ts';
import type { Database } from '../store/driver.ts';

/**
 * The context of a proof. `home`: the data folder of the monitor. `now`: ms since 1970. A hook of a project's settings runs in that
 * project. Any other hook runs in the latest existing project in which it ran before, or else in `world.cwd`.
 */
export type Around = { db: Database; home: string; now: number; world: World };

/** Measures the old and the new version of the hook or the benchmark of a case. Writes nothing to the store. */
export type Prover = (one: Case, around: Around) => Promise<Attempt>;
