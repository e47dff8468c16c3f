import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { command } from '../../../src/cli/commands/sentinel/record.ts';
import type { SessionRecord } from '../../../src/sentinel/record/session.ts';
import { call as calling } from '../../helpers/call.ts';
import { perfGate } from '../../helpers/cli.ts';
import { repository } from '../../helpers/repository.ts';
import { sandbox } from '../client/sandbox.ts';

const perfgate = perfGate();

type Shown = { on: boolean; sessions: SessionRecord[]; skipped: number };

it('the real client calls the recording hook when a session ends, and the next session reports the slow start', async () => {
  const project = repository({ 'a.txt': 'a\n' });
  const { env, home, call, ask } = await sandbox(project, perfgate, () => ({ text: 'Done.' }));
  const sentinel = join(home, 'sentinel');
  const own = { PERF_SENTINEL_HOME: sentinel, XDG_DATA_HOME: join(home, 'data') };
  const settings = join(home, '.claude/settings.json');
  mkdirSync(join(home, '.claude'), { recursive: true });
  mkdirSync(sentinel);
  const slow = { type: 'command', command: 'sleep 0.7; echo context' };
  writeFileSync(settings, JSON.stringify({ hooks: { SessionStart: [{ hooks: [slow] }] } }, null, 2));
  writeFileSync(join(sentinel, 'config.json'), JSON.stringify({ notifications: { on_slow_session: true } }));
  const record = async (what: string) => {
    const { out } = await calling(command, { cwd: project.root, env: { ...env, ...own } }, [what], { json: true });
    return JSON.parse(out) as Shown;
  };
  expect((await record('on')).on).toBe(true);

  const first = await ask('Say that you are done.', { bare: true, env: own });
  const second = await ask('Say it again.', { bare: true, env: own });
  expect(JSON.stringify(second.events)).toMatch(/Hooks delayed the start of the last session by \d{3,4} ms/);
  expect(JSON.stringify(first.events)).not.toContain('Hooks delayed the start');

  const { sessions, skipped } = await record('show');
  expect(skipped).toBe(0);
  expect(sessions.map(({ id }) => id).sort()).toEqual([first.session, second.session].sort());
  for (const one of sessions) {
    expect(one.start_hooks_ms).toBeGreaterThan(700);
    expect(one.dur).toBeGreaterThan(one.api_ms!);
  }
  await record('off');
  expect(JSON.parse(readFileSync(settings, 'utf8'))).toEqual({ hooks: { SessionStart: [{ hooks: [slow] }] } });
  expect((await call('plugin', 'list')).code).toBe(0);
});
