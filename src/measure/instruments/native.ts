import { compiled, type Sources } from '../../core/compiled.ts';
import { helperInstrument } from './helper.ts';
import type { Method } from './instrument.ts';

const stopwatch: Sources = {
  name: 'stopwatch',
  sources: [
    'src/measure/instruments/stopwatch.c',
    'src/measure/instruments/channel.h',
    'src/measure/instruments/delay.h',
    'src/measure/instruments/tree-memory.h',
  ],
};

/** stopwatch.c, compiled at first use: the most accurate method. */
export const native: Method = {
  name: 'native',
  async prepare(env) {
    const file = await compiled(stopwatch, env);
    return typeof file === 'string' ? helperInstrument('native', [file]) : file;
  },
};
