import { anyTime, compiled, type Sources } from '../../core/compiled.ts';
import { isAsFirstSeen } from '../../core/unchanged.ts';
import { helperInstrument } from './helper.ts';
import type { Method } from './instrument.ts';

const stopwatch: Sources = {
  name: 'stopwatch',
  sources: [
    'src/measure/instruments/stopwatch.c',
    'src/measure/instruments/channel.h',
    'src/measure/instruments/delay.h',
    'src/measure/instruments/left-behind.h',
    'src/measure/instruments/tree-memory.h',
  ],
};

/** stopwatch.c: the most accurate method. */
export const native: Method = {
  name: 'native',
  async prepare(env, trust = anyTime) {
    const file = await compiled(stopwatch, env, trust);
    if (typeof file !== 'string') return file;
    return helperInstrument('native', [file], () => trust === anyTime || isAsFirstSeen(file));
  },
};
