import type { Service } from './service.ts';
import { bodyOf } from './traffic.ts';

/** Events in a body: a client that is busy sends about so many each second. */
const IN_A_BODY = 50;
/** Clients that send at once. */
const CLIENTS = 8;

/** `perCpuSecond`: events by the CPU time of the service; its RSS is the largest while it took them. */
export type Ingest = { events: number; perCpuSecond: number; perSecond: number; rssMb: number };

/** Sends so many events, each client one body after the other; every answer says that they are on the disk. */
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
