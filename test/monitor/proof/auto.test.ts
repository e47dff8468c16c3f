import { mkdirSync, symlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { confirmer } from '../../../src/monitor/proof/auto.ts';
import { casesIn } from '../../../src/monitor/store/cases.ts';
import { perfGate } from '../../helpers/cli.ts';
import { at, slowed } from './place.ts';

const perfgate = perfGate();

/** libsql is installed next to the package, as after `npm i libsql`. */
beforeAll(() => {
  const modules = resolve(perfgate.bin(), '../../../node_modules');
  mkdirSync(modules);
  symlinkSync(resolve('node_modules/libsql'), `${modules}/libsql`);
});

it.runIf(process.platform === 'linux')(
  'the service proves a case in a separate process, and only on an idle machine',
  async (test) => {
    const { db, env } = await slowed();
    expect(casesIn(db)).toMatchObject([{ state: 'open' }]);
    const notes: string[] = [];
    const of = {
      db,
      env,
      self: [process.execPath, perfgate.bin()],
      signal: new AbortController().signal,
      note: (text: string) => void notes.push(text),
    };
    const busy = confirmer({ ...of, load: () => 100 });
    busy.look(at(26));
    await busy.idle();
    expect(casesIn(db)).toMatchObject([{ state: 'open', proof: null }]);
    const idle = confirmer({ ...of, load: () => 0 });
    // a measurement while other tests run may be undecided: it is repeated on the next day
    for (let day = 26; day < 30 && casesIn(db)[0]?.state === 'open'; day++) {
      idle.look(at(day));
      await idle.idle();
    }
    if (notes.some((text) => text.includes('no_cage'))) test.skip(`no cage here: ${notes.join()}`);
    expect(notes).toEqual([]);
    expect(casesIn(db)).toMatchObject([{ state: 'proved', proof: { answer: 'regressed' } }]);
    db.close();
  },
  180_000,
);
