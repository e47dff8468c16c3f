import type { Service } from './service.ts';
import { bodyOf } from './traffic.ts';

/** Sessions of a minute each: the CPU time of one alone is below what the kernel counts. */
const SESSIONS = 20;
/** A client sends what happened each second: three events in 60 bodies are a busy minute. */
const BODIES = 60;
const IN_A_BODY = 3;

/** What the client itself takes for one session, in s: measured by `npm run test:claude`, which needs the client. */
export const CLIENT_SECONDS = 0.13;

/** The CPU seconds that the service takes for what a session of one minute sends, in bodies as small as they come. `first`: the first event's number. */
export async function serviceSecondsOfMinute(service: Service, first: number): Promise<number> {
  const before = service.cpuSeconds();
  for (let i = 0; i < SESSIONS * BODIES; i++) await service.post(bodyOf(first + i * IN_A_BODY, IN_A_BODY, Date.now()));
  return (service.cpuSeconds() - before) / SESSIONS;
}
