import type { World } from '../../core/world.ts';
import { type Fleet, openFleet } from '../queue/open.ts';

/** Opens a fleet as a client, calls `act`, and closes the fleet. @throws the errors of `openFleet` */
export async function withFleet<T>(
  url: string,
  world: Pick<World, 'clock' | 'signal'>,
  act: (fleet: Fleet) => Promise<T>,
): Promise<T> {
  const fleet = await openFleet(url, 'client', world);
  try {
    return await act(fleet);
  } finally {
    await fleet.close();
  }
}

/** Like `withFleet`, but without the abort signal: after an abort, the fleet is still needed to cancel the job. */
export const forJob = <T>(
  url: string,
  { clock }: Pick<World, 'clock'>,
  act: (fleet: Fleet) => Promise<T>,
): Promise<T> => withFleet(url, { clock, signal: new AbortController().signal }, act);
