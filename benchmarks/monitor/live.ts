import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../../src/stats/robust.ts';
import type { Service } from './service.ts';
import { bodyOf } from './traffic.ts';

/** Time from the start of sending an event until it appears in the page's stream, in ms: the median and the longest. */
export async function shownAfter({ page, post }: Service, first: number): Promise<{ median: number; longest: number }> {
  const end = new AbortController();
  const answer = await fetch(`${page}/events`, { signal: end.signal });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  const taken: number[] = [];
  for (let i = 0; i < 12; i++) {
    const began = performance.now();
    await post(bodyOf(first + i, 1, Date.now()));
    for (let text = ''; !text.includes('event: stored'); ) text += (await reader.read()).value ?? '';
    taken.push(performance.now() - began);
    await sleep(100);
  }
  end.abort();
  return { median: median(taken), longest: Math.max(...taken) };
}

/** The share of a core that the idle service takes, in per cent, over `seconds`. */
export async function idleShare(service: Service, seconds: number): Promise<number> {
  await sleep(2000);
  const before = service.cpuSeconds();
  await sleep(seconds * 1000);
  return (100 * (service.cpuSeconds() - before)) / seconds;
}
