import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { native } from '../../../src/measure/instruments/native.ts';
import { placeOf } from '../../../src/sentinel/dry-run/cage.ts';
import { withCopies } from '../../../src/sentinel/dry-run/copies.ts';
import { execute } from '../../../src/sentinel/dry-run/execution.ts';
import { isRunnable } from '../../../src/sentinel/dry-run/runnable.ts';
import { put } from '../../helpers/folder.ts';
import { place as ownCache, cwd as top } from '../../helpers/own-cache.ts';
import { hookOf } from './hooks.ts';

const home = join(top, 'home');
const project = join(top, 'project');
const env = { PATH: process.env.PATH, HOME: home, ...ownCache.env };

it('without namespaces, hooks work in copies, find a HOME without secrets, and cannot write elsewhere', async (context) => {
  for (const path of [
    '.ssh/id',
    '.claude/.credentials.json',
    '.claude/projects/p/s.jsonl',
    '.claude/settings.json',
    'mine',
  ])
    put(home, path, `text of ${path}`);
  put(project, 'source', 'mine');
  const wanted = {
    place: placeOf(project, env),
    seed: 's',
    plugins: [],
    data: [],
    files: [],
    network: 'sink',
    delayMs: 1,
    env,
  } as const;
  const cage = await withCopies(wanted, join(top, 'cage'));
  if ('missing' in cage) return context.skip(`no Landlock here: ${cage.missing}`);
  const measuring = await native.prepare(env);
  if ('missing' in measuring) return context.skip(measuring.missing);
  expect(cage).toMatchObject({ level: 'copies', walls: 'landlock', network: 'off' });
  const session = cage.session(0);
  const run = async (command: string) => {
    const hook = hookOf('a', command);
    if (!isRunnable(hook)) throw new Error('it is a command');
    return (
      await execute(
        { hook, session, stdin: '{}' },
        { cage, measuring, env, limitMs: 20_000, settings: {}, tell: () => {} },
      )
    ).run;
  };
  const saw = await run('cat source ~/mine ~/.claude/settings.json; ls -A ~ ~/.claude; cat ~/.ssh/id');
  expect(saw.stdout).toBe(
    `minetext of minetext of .claude/settings.json${cage.place.home}:\n.claude\nmine\n\n${cage.place.client}:\nprojects\nsession-env\nsettings.json\n`,
  );
  const wrote = await run(
    `rm -rf ~/* ./*; echo x > made; echo x > ~/new; ls; echo x > ${home}/new; echo x >> ${home}/mine; rm -rf ${home} ${project}`,
  );
  expect(wrote.stdout).toBe('made\n');
  expect(readFileSync(session.transcript, 'utf8')).toContain(session.id);
  expect(readdirSync(home).sort()).toEqual(['.claude', '.ssh', 'mine']);
  expect(readFileSync(join(home, 'mine'), 'utf8')).toBe('text of mine');
  expect(readdirSync(join(home, '.claude/projects'))).toEqual(['p']);
  expect(readFileSync(join(project, 'source'), 'utf8')).toBe('mine');
});
