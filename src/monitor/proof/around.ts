import type { World } from '../../core/world.ts';
import type { Attempt, Case } from '../analytics/cases.ts';
import type { Database } from '../store/driver.ts';

/**
 * The context in which a case is proved. `home`: the data folder of the monitor. `now`: ms since 1970. A hook of a project's settings runs
 * in that project. Any other hook runs in the project in which it last ran. Projects whose folder no longer exists are skipped; if no
 * project is left, the hook runs in `world.cwd`.
 */
export type Around = { db: Database; home: string; now: number; world: World };

/** Measures the old and the new version of the hook or the benchmark of a case. Writes nothing to the store. */
export type Prover = (one: Case, around: Around) => Promise<Attempt>;
