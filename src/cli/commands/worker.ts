import { hostname } from 'node:os';
import { resolve } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import { exit, failure } from '../../core/errors.ts';
import { databaseOf, fleetName } from '../../fleet/names.ts';
import type { Allowed } from '../../fleet/worker/carry-out.ts';
import { define } from '../command.ts';
import { flag, list, number, percent, text, under } from '../options.ts';
import { databaseOption } from './fleet/database.ts';

export const command = define({
  name: 'worker',
  group: 'fleet',
  summary: 'take jobs from a fleet’s database and measure them on this machine',
  detail:
    'Takes one job at a time for this host or its class, and carries out the job as `compare` would here. The job’s commands run with the rights of this user. The worker opens no port. Ctrl-C returns the job to the queue. docs/fleet.md describes roles and rights.',
  example: 'perf-gate worker --database postgres://db/perf --class quiet',
  options: {
    ...databaseOption,
    '--class <name>': text('the class of this machine, such as “c7i.metal”; hosts of one class measure alike'),
    '--host <name>': text('the name of this machine in the fleet (default: its host name)'),
    '--allow <what>': {
      ...list(
        'accept only contracts whose hash starts with this text, or only commits of the repository at this URL; may be repeated',
      ),
      repeats: true,
    },
    '--once': flag('end after one job'),
    '--busy <pct>': percent('take jobs only while other processes use less than this share of the processors', {
      least: 0,
      most: 100,
      otherwise: 20,
    }),
    '--unchecked': flag('never check the machine (default: check it at the start and once a week)'),
    ...under('hidden', {
      '--session <file>': text('measure the one session that this file describes, in its project’s folder'),
      '--lease <seconds>': number('if this worker reports nothing for so many seconds, another may take its job', {
        least: 10,
        most: 3600,
        whole: true,
        otherwise: 30,
      }),
    }),
  },
  async run({ database, class: name, host, allow, once, busy, unchecked, lease, session }, tools) {
    if (session !== undefined) {
      const { sessionHere } = await import('../../fleet/worker/session-here.ts');
      tools.out(JSON.stringify(await sessionHere(resolve(tools.cwd, session), tools)));
      return exit.done;
    }
    if (name === undefined)
      throw failure('usage', {
        problem: 'A worker needs a class.',
        hint: 'Machines that measure alike share a class: perf-gate worker --class quiet --database URL',
      });
    const { work } = await import('../../fleet/worker/work.ts');
    await work(
      {
        url: databaseOf(database, tools.env),
        class: fleetName(name, '--class'),
        host: fleetName(host ?? hostname(), '--host'),
        allow: allowedOf(allow),
        once,
        lease,
        busyPct: busy,
        lookedOver: !unchecked,
        version: manifest.version,
        self: [process.execPath, ...process.execArgv, process.argv[1]!],
      },
      { ...tools, note: tools.say },
    );
    return exit.done;
  },
});

/** @throws usage */
function allowedOf(given: readonly string[]): Allowed {
  const contracts = given.filter((one) => /^[0-9a-f]{8,64}$/i.test(one));
  const repositories = given.filter((one) => /[:/]/.test(one));
  const other = given.find((one) => !contracts.includes(one) && !repositories.includes(one));
  if (other === undefined) return { contracts, repositories };
  throw failure('usage', {
    problem: `--allow is “${other}”.`,
    hint: 'Give at least eight hex digits of a contract’s hash (`contract_hash` of a comparison), or the address of a repository.',
  });
}
