import { isFailure } from '../core/errors.ts';
import { findInstrument, requireSight } from '../measure/instruments/find.ts';

/**
 * Whether undelayed wall time can be measured on this machine, found by trying the instrument. The result is false if nothing can be
 * measured at all. The pre-flight then reports the reason.
 */
export async function seesDelay(env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    requireSight(await findInstrument(env), [{ name: 'undelayed_wall_ms', unit: 'ms', source: 'undelayed_wall' }]);
    return true;
  } catch (error) {
    if (isFailure(error)) return false;
    throw error;
  }
}
