// node call.mjs FILE EXPORT: calls a function of a module repeatedly, and prints the time of one call: METRIC call_ms=1.25.
// It runs in a separate process, so it shares no code with the rest.
import { pathToFileURL } from 'node:url';

/** The shortest time that counts. In a shorter one, the clock's resolution and a single pause weigh too much. */
const LEAST_MS = 50;

async function main([file, name]) {
  const called = (await import(pathToFileURL(file).href))[name];
  if (typeof called !== 'function') throw new TypeError(`${file} exports no function “${name}”`);
  await called(); // compiles, and fills caches
  for (let calls = 1; ; calls *= 2) {
    const took = await timeOf(called, calls);
    if (took < LEAST_MS) continue; // these calls were the warm-up
    console.log(`\nMETRIC call_ms=${took / calls}`);
    process.exit(0);
  }
}

/** Awaits only promises, because awaiting a plain value takes longer than a short function. */
async function timeOf(called, calls) {
  const began = performance.now();
  for (let i = 0; i < calls; i += 1) {
    const result = called();
    if (typeof result?.then === 'function') await result;
  }
  return performance.now() - began;
}

main(process.argv.slice(2));
