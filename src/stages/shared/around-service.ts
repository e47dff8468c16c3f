import { isFailure } from '../../core/errors.ts';
import type { Arm } from '../../measure/arm.ts';
import { startService } from '../../measure/service.ts';
import type { CaptureRequest } from '../../profile/capture/types.ts';
import type { Ground } from './ground.ts';

/** Runs the contract's service around the profiled command, in the profiler's environment: what it does is then in the profile too. */
export function aroundService(ground: Ground, arm: Arm): Pick<CaptureRequest, 'around'> {
  const { contract, instrument, world } = ground;
  const { service } = contract.repro;
  if (!service) return {};
  return {
    around: async (env, act) => {
      const tools = { instrument, clock: world.clock, ...(world.signal ? { signal: world.signal } : {}) };
      const running = await startService(service, { ...arm, env: { ...arm.env, PATH: env.PATH ?? '' } }, tools);
      if (isFailure(running)) throw running;
      try {
        return await act();
      } finally {
        await running.stop();
      }
    },
  };
}
