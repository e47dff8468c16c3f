import type { Service } from './service.ts';
import { bodyOf } from './traffic.ts';

/** Number of one-minute sessions; the CPU time of a single session is below the kernel's resolution. */
const SESSIONS = 20;
/** Bodies of a busy minute: a client sends the events of each second in one body, here three. */
const BODIES = 60;
const IN_A_BODY = 3;

/** CPU seconds of the client for the telemetry of one session, measured by `npm run test:claude`, which needs the client. */
export const CLIENT_SECONDS = 0.13;

/** The service's CPU seconds for a session of one minute, in the smallest bodies that occur. `first`: the number of the first event. */
export async function serviceSecondsOfMinute(service: Service, first: number): Promise<number> {
  const before = service.cpuSeconds();
  for (let i = 0; i < SESSIONS * BODIES; i++) await service.post(bodyOf(first + i * IN_A_BODY, IN_A_BODY, Date.now()));
  return (service.cpuSeconds() - before) / SESSIONS;
}
