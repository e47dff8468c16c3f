import { isFailure } from '../../core/errors.ts';
import type { Setup } from '../../experiment/setup.ts';
import { startService } from '../../measure/service/service.ts';
import type { Arm } from '../../measure/sessions/arm.ts';
import type { CaptureRequest } from '../../profile/capture/run.ts';

/** How long the service may take to end, in ms. Before the end, its profiler writes the profile, which takes time. */
const politeMs = 60_000;

/**
 * The part of a capture that runs the contract's service while the profiled command runs. The service has the profiler's environment, so
 * that the profile covers it too.
 */
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
