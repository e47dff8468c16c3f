import { isFailure } from '../../core/errors.ts';
import type { Setup } from '../../experiment/setup.ts';
import { startService } from '../../measure/service/service.ts';
import type { Arm } from '../../measure/sessions/arm.ts';
import type { CaptureRequest } from '../../profile/capture/run.ts';

/**
 * The time that the service gets to end, in ms. A profiler writes its profile only after the service was asked to end, which takes time.
 */
const politeMs = 60_000;

/** Runs the contract's service around the profiled command, in the profiler's environment, so that the profile covers the service too. */
export function aroundService(setup: Setup, arm: Arm): Pick<CaptureRequest, 'service'> {
  const { contract, instrument, world } = setup;
  const { service, load } = contract.repro;
  if (!service) return {};
  return {
    service: {
      isProfiled: load !== undefined,
      start: service.start,
      async around(start, env, act) {
        const tools = { instrument, clock: world.clock, ...(world.signal ? { signal: world.signal } : {}) };
        const running = await startService({ ...service, start, politeMs }, { ...arm, env: strings(env) }, tools);
        if (isFailure(running)) throw running;
        try {
          return await act();
        } finally {
          await running.stop();
        }
      },
    },
  };
}

const strings = (env: CaptureRequest['env']): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
