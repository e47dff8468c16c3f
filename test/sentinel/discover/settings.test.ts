import { expect, it, test } from 'vitest';
import { discoverIn, type Files, folderWith, on, running } from './place.ts';

const user = 'home/.claude/settings.json';
const project = 'project/.claude/settings.json';
const local = 'project/.claude/settings.local.json';
const owner = 'owner/managed-settings.json';

const found = (files: Files, env: NodeJS.ProcessEnv = {}) => discoverIn(folderWith(files), { env });
const both = (name: string) => ({ hooks: on('SessionStart', name, 'same') });

it('merges the hooks of all settings, and runs a hook in several settings once', () => {
  const { hooks } = found({ [user]: both('u'), [project]: both('p'), [local]: both('l'), [owner]: both('m') });
  expect(hooks).toHaveLength(8);
  expect(running(hooks).sort()).toEqual(['l', 'm', 'p', 'same', 'u']);
  expect(hooks.find(({ source, runs_as }) => source === 'local' && runs_as)?.runs_as).toBe('user/SessionStart/2');
});

test.each<[string, Files, string[]]>([
  ['switched off by the user', { [user]: { disableAllHooks: true, ...both('u') } }, []],
  ['switched off by the project', { [user]: both('u'), [project]: { disableAllHooks: true } }, []],
  [
    'switched on again in the local settings',
    { [user]: both('u'), [project]: { disableAllHooks: true }, [local]: { disableAllHooks: false } },
    ['u', 'same'],
  ],
  [
    'switched on again by the project',
    { [user]: { disableAllHooks: true, ...both('u') }, [project]: { disableAllHooks: false } },
    ['u', 'same'],
  ],
  [
    'others cannot switch off the owner’s hooks',
    { [local]: { disableAllHooks: true, ...both('l') }, [owner]: { hooks: on('Stop', 'm') } },
    ['m'],
  ],
  ['the owner’s hooks switched off by the owner', { [owner]: { disableAllHooks: true, hooks: on('Stop', 'm') } }, []],
  [
    'only the owner’s hooks are allowed',
    { [user]: both('u'), [owner]: { allowManagedHooksOnly: true, hooks: on('Stop', 'm') } },
    ['m'],
  ],
  [
    'only the owner’s hooks, demanded by another layer',
    { [user]: { allowManagedHooksOnly: true, ...both('u') } },
    ['u', 'same'],
  ],
])('%s', (_, files, runs) => {
  const { hooks } = found(files);
  expect(running(hooks)).toEqual(runs);
  const off = hooks.filter(({ dead }) => dead !== null);
  for (const { dead } of off)
    expect(dead).toMatchObject({ code: 'switched_off', by: expect.stringMatching(/ in .*settings/) });
});

it('names the safe mode', () => {
  const { hooks } = found({ [user]: both('u') }, { CLAUDE_CODE_SAFE_MODE: '1' });
  expect(hooks.map(({ dead }) => dead)).toEqual(Array(2).fill({ code: 'switched_off', by: 'CLAUDE_CODE_SAFE_MODE' }));
});

test.each([
  ['half a file', '{"hooks":'],
  ['a string as a switch', { disableAllHooks: 'yes', ...both('u') }],
  ['a string that enables a plugin', { enabledPlugins: { 'a@b': 'yes' }, ...both('u') }],
])('%s: these settings are ignored, and the others apply', (_, settings) => {
  const { hooks, problems } = found({ [user]: settings, [project]: both('p') });
  expect(running(hooks)).toEqual(['p', 'same']);
  expect(problems).toMatchObject([{ code: 'unreadable', file: expect.stringContaining('home/.claude/settings.json') }]);
});

it('looks for settings in CLAUDE_CONFIG_DIR', () => {
  const root = folderWith({ 'else/settings.json': both('e'), [user]: both('u') });
  expect(running(discoverIn(root, { env: { CLAUDE_CONFIG_DIR: `${root}/else` } }).hooks)).toEqual(['e', 'same']);
});

it('SessionEnd hooks share one budget, which settings can raise and plugins cannot', () => {
  const end = (timeout?: number) => ({
    hooks: { SessionEnd: [{ hooks: [{ type: 'command', command: 'x', timeout }] }] },
  });
  const skill = 'home/.claude/skills/s/hooks/hooks.json';
  const budgets = (files: Files, env = {}) => found(files, env).hooks.map(({ timeout_s }) => timeout_s.effective);
  expect(budgets({ [skill]: end(30) })).toEqual([1.5]);
  expect(budgets({ [skill]: end(30), [user]: end(20) })).toEqual([20, 20]);
  expect(budgets({ [skill]: end(1), [user]: end(900) })).toEqual([60, 1]);
  expect(budgets({ [skill]: end() }, { CLAUDE_CODE_SESSIONEND_HOOKS_TIMEOUT_MS: '5000' })).toEqual([5]);
});

it('uses the client’s default time-outs', () => {
  const { hooks } = found({
    [user]: { hooks: { ...on('Stop', 'a'), ...on('UserPromptSubmit', 'b'), ...on('MessageDisplay', 'c') } },
  });
  expect(hooks.map(({ timeout_s }) => timeout_s)).toEqual(
    [600, 30, 10].map((effective) => ({ written: null, effective })),
  );
});

it('finds the hooks in the frontmatter of skills and agents', () => {
  const head = `---\nname: x\nhooks:\n  Stop:\n    - hooks:\n        - type: command\n          command: echo NAME\n---\nText\n`;
  const { hooks, problems } = found({
    'home/.claude/skills/tidy/SKILL.md': head.replace('NAME', 'skill'),
    'project/.claude/agents/fixer.md': head.replace('NAME', 'agent'),
    'project/.claude/agents/plain.md': '---\nname: plain\n---\nhooks: are not here',
    'project/.claude/skills/broken/SKILL.md': '---\nhooks: [\n---\n',
  });
  expect(hooks.map(({ id, source }) => [id, source])).toEqual([
    ['skill:tidy/Stop/1', 'skill'],
    ['agent:fixer/Stop/1', 'agent'],
  ]);
  expect(problems).toMatchObject([{ code: 'unreadable', file: expect.stringContaining('broken/SKILL.md') }]);
});
