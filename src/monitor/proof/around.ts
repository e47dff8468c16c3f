import type { World } from '../../core/world.ts';
import type { Attempt, Case } from '../analytics/cases.ts';
import type { Database } from '../store/driver.ts';

/** Where cases are proved. `home`: the monitor's; `now`: ms since 1970; `cwd` of the world is where a hook runs that ran in no project that is there. */
export type Around = { db: Database; home: string; now: number; world: World };

/** Measures what a case suspects, old against new. It writes nothing to the store. */
export type Prover = (one: Case, around: Around) => Promise<Attempt>;
