import type { Service } from './service.ts';
import { bodyOf } from './traffic.ts';

/** Events in a body; a busy client sends about this many per second. */
const IN_A_BODY = 50;
/** Clients that send in parallel. */
const CLIENTS = 8;

/** `perCpuSecond`: events per CPU second of the service. `rssMb`: its largest resident memory during the test. */
export type Ingest = { events: number; perCpuSecond: number; perSecond: number; rssMb: number };

/** Sends `events` events; each client sends one body after the other. Every answer confirms that the events are on disk. */
export async function ingested(service: Service, events: number, now: number): Promise<Ingest> {
  const bodies = Array.from({ length: events / IN_A_BODY }, (_, i) => bodyOf(i * IN_A_BODY, IN_A_BODY, now + i));
  const began = { cpu: service.cpuSeconds(), ms: performance.now() };
  let next = 0;
  let rssMb = 0;
  const client = async () => {
    while (next < bodies.length) {
      await service.post(bodies[next++]!);
      rssMb = Math.max(rssMb, service.rssMb());
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const cpu = service.cpuSeconds() - began.cpu;
  const seconds = (performance.now() - began.ms) / 1000;
  return { events, perCpuSecond: events / cpu, perSecond: events / seconds, rssMb };
}
