import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { armEnvironment } from '../../../src/measure/sessions/arm.ts';
import { dir } from '../setup.ts';

const arm = (name: string, env: NodeJS.ProcessEnv) =>
  armEnvironment(env, { project: '/home/me/app', tree: `/var/arms/${name}/tree`, scratch: join(dir, name) });

it('replaces every mention of the project by the arm, and no other path', () => {
  const moved = arm('b', {
    PATH: '/home/me/app/node_modules/.bin:/usr/bin:/home/me/app2/bin',
    CFLAGS: '-I/home/me/app/include -L/x/home/me/app',
    NODE_OPTIONS: '--import=file:///home/me/app/hook.mjs',
    HOME: '/home/me/app',
    OLDPWD: '/home/me/app/src',
    LANG: 'C',
    UNSET: undefined,
  });
  expect(moved).toMatchObject({
    PATH: '/var/arms/b/tree/node_modules/.bin:/usr/bin:/home/me/app2/bin',
    CFLAGS: '-I/var/arms/b/tree/include -L/x/home/me/app',
    NODE_OPTIONS: '--import=file:///var/arms/b/tree/hook.mjs',
    HOME: '/home/me/app',
    LANG: 'C',
  });
  expect(Object.keys(moved)).not.toContain('OLDPWD');
  expect(Object.keys(moved)).not.toContain('UNSET');
});

it('gives each arm a cache and a temporary folder of its own, in an environment of the same size', () => {
  const [b, c] = ['b', 'c'].map((name) => arm(name, { PATH: '/home/me/app/bin', HOME: '/home/me' })) as [
    Record<string, string>,
    Record<string, string>,
  ];
  for (const name of ['XDG_CACHE_HOME', 'TMPDIR']) {
    expect(b[name]).not.toBe(c[name]);
    expect(existsSync(b[name] ?? '')).toBe(true);
  }
  expect(JSON.stringify(b)).toHaveLength(JSON.stringify(c).length);
});
