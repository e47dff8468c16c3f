// node call.mjs FILE EXPORT: calls a function of a module again and again, and prints what a call takes: METRIC call_ms=1.25.
// It runs in a process of its own, so it shares no code with the rest.
import { pathToFileURL } from 'node:url';

/** So long is what counts. Shorter, and the clock and a single pause weigh too much. */
const LEAST_MS = 50;

async function main([file, name]) {
  const called = (await import(pathToFileURL(file).href))[name];
  if (typeof called !== 'function') throw new TypeError(`${file} exports no function “${name}”`);
  await called(); // compiles, and fills caches
  for (let calls = 1; ; calls *= 2) {
    const took = await timeOf(called, calls);
    if (took < LEAST_MS) continue; // these warmed up
    console.log(`\nMETRIC call_ms=${took / calls}`);
    process.exit(0);
  }
}

/** Only a promise is awaited: to await a plain value takes longer than a short function. */
async function timeOf(called, calls) {
  const began = performance.now();
  for (let i = 0; i < calls; i += 1) {
    const result = called();
    if (typeof result?.then === 'function') await result;
  }
  return performance.now() - began;
}

main(process.argv.slice(2));
