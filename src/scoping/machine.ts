import { findProgram } from '../core/locate.ts';
import { seesDelay } from './sees-delay.ts';

/** The properties of this machine that matter for proposals. */
export type Machine = {
  /** Whether perf-gate can measure `undelayed_wall`: wall time without the time in which the program waited for a processor. */
  sees_delay: boolean;
  /** Whether a program is on the PATH. */
  has(program: string): boolean;
  /** Whether a virtual environment of Python is active. */
  virtual_env: boolean;
};

/** A machine about which nothing is known. Every program counts as installed. */
export const anyMachine: Machine = { sees_delay: false, has: () => true, virtual_env: false };

export async function machineOf(env: NodeJS.ProcessEnv): Promise<Machine> {
  return {
    sees_delay: await seesDelay(env),
    has: (program) => findProgram(program, env) !== undefined,
    virtual_env: Boolean(env.VIRTUAL_ENV || env.CONDA_PREFIX),
  };
}
