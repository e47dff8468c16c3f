import { expect, it } from 'vitest';
import { placeOf } from '../../../src/sentinel/dry-run/cage.ts';
import { clientVariables, inherited, sessionOf } from '../../../src/sentinel/dry-run/session.ts';
import { hookOf } from './hooks.ts';

const place = placeOf('/project', { HOME: '/home/me' });

it('a hook inherits the user’s variables, without secrets and without those that bypass the sink', () => {
  const env = {
    PATH: '/bin',
    EDITOR: 'vi',
    MONKEY: 'kept',
    HTTPS_PROXY: 'http://proxy',
    GITHUB_TOKEN: 'x',
    GH_TOKEN_FILE: 'x',
    ANTHROPIC_BASE_URL: 'x',
    OPENAI_API_KEY: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    DB_PASSWORD: 'x',
    SSH_AUTH_SOCK: '/tmp/agent',
    CLAUDE_CODE_MESSAGING_TOKEN: 'x',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'x',
    OLDPWD: '/',
  };
  const kept = { PATH: '/bin', EDITOR: 'vi', MONKEY: 'kept', HOME: '/home/me', PWD: '/project' };
  expect(inherited(env, place, false)).toEqual(kept);
  expect(inherited(env, place, true)).toEqual({ ...kept, HTTPS_PROXY: 'http://proxy' });
});

it('a hook gets the same variables as from the client', () => {
  const session = sessionOf(place, 'seed', 0);
  const told = (event: string, root: string | null, plugin: string | null) =>
    clientVariables(hookOf('a', ':', { event, root, plugin }), { session, place, parent: 1001 });
  expect(told('PreToolUse', '/plugins/a', 'a@market')).toMatchObject({
    CLAUDECODE: '1',
    CLAUDE_PROJECT_DIR: '/project',
    CLAUDE_PLUGIN_ROOT: '/plugins/a',
    CLAUDE_PLUGIN_DATA: '/home/me/.claude/plugins/data/a-market',
    CLAUDE_CODE_SESSION_ID: session.id,
    CLAUDE_PID: '1001',
    CLAUDE_EFFORT: 'medium',
  });
  expect(told('PreToolUse', null, null)).not.toHaveProperty('CLAUDE_PLUGIN_ROOT');
  expect(told('SessionStart', null, 'a')).toMatchObject({
    CLAUDE_PLUGIN_DATA: '/home/me/.claude/plugins/data/a-inline',
    CLAUDE_ENV_FILE: `/home/me/.claude/session-env/${session.id}/sessionstart-hook-1.sh`,
  });
  expect(told('SessionStart', null, null)).not.toHaveProperty('CLAUDE_EFFORT');
});

it('sessions of one seed are reproducible, and differ from each other', () => {
  expect(sessionOf(place, 'seed', 1)).toEqual(sessionOf(place, 'seed', 1));
  expect(new Set([0, 1, 2].map((number) => sessionOf(place, 'seed', number).id)).size).toBe(3);
  expect(sessionOf(place, 'other', 1).id).not.toBe(sessionOf(place, 'seed', 1).id);
});
