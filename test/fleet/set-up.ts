import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { type Postgres, postgres } from '../helpers/postgres.ts';
import { repository } from '../helpers/repository.ts';
import { benchFiles, work } from './bench.ts';
import { fleetOf, install } from './workers.ts';

/** A fleet of one test file, with a PostgreSQL of its own. Its processes end with each test. */
export function fleet() {
  const perfgate = perfGate();
  let server: Postgres;
  const home = () => dirname(dirname(dirname(perfgate.bin())));
  const made = fleetOf(() => ({ home: home(), bin: perfgate.bin(), env: perfgate.env(), server }));
  beforeAll(async () => {
    install(home());
    server = await postgres();
  }, 120_000);
  afterEach(() => made.stop());
  afterAll(() => server?.stop());
  return made;
}

/** A project whose head halves the work. */
export function project(held = false) {
  const repo = repository(benchFiles(held));
  repo.write('work.sh', work(50));
  repo.commit('half the work');
  return repo;
}
