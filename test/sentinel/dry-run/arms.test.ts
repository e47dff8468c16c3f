import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { native } from '../../../src/measure/instruments/native.ts';
import { placeOf } from '../../../src/sentinel/dry-run/cage.ts';
import { withCopies } from '../../../src/sentinel/dry-run/copies.ts';
import { dryRunArms } from '../../../src/sentinel/dry-run/dry-run.ts';
import { execute } from '../../../src/sentinel/dry-run/execution.ts';
import { usualOptions } from '../../../src/sentinel/dry-run/options.ts';
import { isRunnable } from '../../../src/sentinel/dry-run/runnable.ts';
import { put } from '../../helpers/folder.ts';
import { place, cwd as top } from '../../helpers/own-cache.ts';
import { hookOf } from './hooks.ts';

const [home, project, root] = [join(top, 'home'), join(top, 'project'), join(top, 'plugin')];
const env = { PATH: process.env.PATH, HOME: home, ...place.env };
const world = { cwd: project, env, clock: systemClock, notify() {}, signal: new AbortController().signal };

/** Prints its version, its path, and the files that an earlier execution left. */
const command = 'cat "$CLAUDE_PLUGIN_ROOT/version"; pwd -P; cd "$CLAUDE_PLUGIN_ROOT" && ls; echo x > left';
const hook = hookOf('a', command, { root });

function lay(): void {
  for (const folder of [home, project]) put(folder, 'file', 'x');
  put(root, 'version', 'here\n');
  for (const version of ['old', 'new']) put(join(top, version), 'version', `${version}\n`);
}

it('each arm sees its own files at the same path, and its writes there stay in the arm', async (context) => {
  lay();
  const arm = (version: string) => ({ hooks: [hook], files: [{ folder: join(top, version), at: root }], only: null });
  const options = { ...usualOptions, seed: 'arms', runs: 2, warm_ups: 1, strace: false, sets: false };
  const [old, now] = await dryRunArms([arm('old'), arm('new')], options, world);
  if (old!.cage.level !== 'overlay') return context.skip('no namespaces here');
  for (const [run, version] of [[old!, 'old'] as const, [now!, 'new'] as const]) {
    const [one] = run.hooks;
    if (one?.state !== 'run') throw new Error('it was run');
    expect(one.cold?.stdout).toBe(`${version}\n${project}\nversion\n`);
    expect(one.runs.map(({ stdout }) => stdout)).toEqual([1, 2].map(() => `${version}\n${project}\nleft\nversion\n`));
  }
  for (const folder of [root, join(top, 'old'), join(top, 'new')])
    expect(readFileSync(join(folder, 'version'), 'utf8')).not.toContain('x');
}, 60_000);

it('without namespaces a plugin is a copy at another path, and no other file can be replaced', async (context) => {
  lay();
  const wanted = { place: placeOf(project, env), seed: 's', plugins: [root], data: [], delayMs: 1, env } as const;
  const of = (at: string) => ({ ...wanted, files: [{ folder: join(top, 'old'), at }], network: 'off' as const });
  const cage = await withCopies(of(root), join(top, 'cage'));
  const measuring = await native.prepare(env);
  if ('missing' in cage || 'missing' in measuring || !isRunnable(hook)) return context.skip('no Landlock here');
  const ground = { cage, measuring, env, limitMs: 20_000, settings: {}, tell() {} };
  const { run } = await execute({ hook, session: cage.session(0), stdin: '{}' }, ground);
  expect(run.stdout).toBe(`old\n${cage.place.project}\nversion\n`);
  expect(await withCopies(of(join(home, 'file')), join(top, 'other'))).toMatchObject({
    missing: expect.stringContaining('without Linux namespaces'),
  });
}, 60_000);
