import { expect, it, test } from 'vitest';
import { discoverIn, folderWith, on, running, says } from './place.ts';

/** A hooks.json, the hooks that the real client ran from it at the start of a session, and why the others are dead. */
type Row = [what: string, file: unknown, runs: string[], dead: string[]];

const start = (...groups: unknown[]) => ({ hooks: { SessionStart: groups } });
const group = (...hooks: unknown[]) => ({ hooks });
const good = group(says('b'));

const rows: Row[] = [
  ['a group', start(good), ['b'], []],
  [
    'a handler without a group',
    start(says('a'), good),
    ['b'],
    ['shape: a group around the handler: `{ "hooks": [ … ] }`'],
  ],
  ['one handler instead of a list', start({ hooks: says('a') }, good), ['b'], ['shape: a list of handlers in `hooks`']],
  ['one group instead of a list', { hooks: { SessionStart: good, Stop: [] } }, [], ['shape: a list of groups']],
  ['null instead of a group', start(null, good), ['b'], ['shape: a group with `hooks`']],
  ['null instead of a handler', start(group(null, says('b'))), ['b'], ['shape: a handler with a `type`']],
  ['an unknown event', { hooks: { ...on('Foo', 'a'), ...on('SessionStart', 'b') } }, ['b'], ['event: Foo']],
  [
    'an unknown type',
    start(group({ type: 'foo', command: 'x' }, says('b'))),
    ['b'],
    ['shape: a `type`: one of command, http, mcp_tool, prompt, agent'],
  ],
  [
    'no type',
    start(group({ command: 'x' }, says('b'))),
    ['b'],
    ['shape: a `type`: one of command, http, mcp_tool, prompt, agent'],
  ],
  ['no command', start(group({ type: 'command' }, says('b'))), ['b'], [expect.stringContaining('another `command`')]],
  [
    'a number as command',
    start(group({ type: 'command', command: 5 }, says('b'))),
    ['b'],
    [expect.stringContaining('another `command`')],
  ],
  [
    'a string as time-out',
    start(group(says('a', { timeout: '5' }), says('b'))),
    ['b'],
    [expect.stringContaining('another `timeout`')],
  ],
  [
    'a time-out of 0',
    start(group(says('a', { timeout: 0 }), says('b'))),
    ['b'],
    [expect.stringContaining('another `timeout`')],
  ],
  [
    'a negative time-out',
    start(group(says('a', { timeout: -5 }), says('b'))),
    ['b'],
    [expect.stringContaining('another `timeout`')],
  ],
  [
    'an unknown shell',
    start(group(says('a', { shell: 'zsh' }), says('b', { shell: 'bash' }))),
    ['b'],
    [expect.stringContaining('another `shell`')],
  ],
  [
    'a string as arguments',
    start(group(says('a', { args: '-c' }), says('b'))),
    ['b'],
    [expect.stringContaining('another `args`')],
  ],
  ['a number as matcher', start({ matcher: 5, ...group(says('a')) }, good), ['b'], ['shape: a string as `matcher`']],
  ['null as matcher', start({ matcher: null, ...group(says('a')) }, good), ['b'], ['shape: a string as `matcher`']],
  ['an invalid pattern', start({ matcher: '(start', ...group(says('a')) }, good), ['b'], ['matcher: (start']],
  [
    '`if` where there is no tool',
    start(group(says('a', { if: 'Bash(ls)' }), says('c', { if: '' }), says('b'))),
    ['c', 'b'],
    ['if'],
  ],
  [
    'a prompt without a conversation',
    start(group({ type: 'prompt', prompt: 'x' }, says('b'))),
    ['b'],
    ['type: prompt'],
  ],
  [
    'the same hook four times',
    start(group(says('b'), says('b'), says('b', { timeout: 5 })), { matcher: 'startup', ...good }),
    ['b'],
    [],
  ],
  ['additional keys', { foo: 1, ...start(good) }, ['b'], []],
];

test.each(rows)('%s: the hooks that run are those that the client ran', (_, file, runs, dead) => {
  const root = folderWith({ 'p/hooks/hooks.json': file });
  const { hooks, problems } = discoverIn(root, { plugins: '../p' });
  expect(running(hooks)).toEqual(runs);
  const why = hooks.flatMap(({ dead: d }) => (d ? [[d.code, ...Object.values(d).slice(1)].join(': ')] : []));
  expect(why).toEqual(dead);
  expect(problems).toEqual([]);
});

test.each([
  ['nothing', {}, 'it has neither `hooks` nor `modules`'],
  ['null', { hooks: null }, '`hooks` is not an object whose keys are events'],
  ['half of it', '{"hooks": {', expect.stringContaining('it is not valid JSON')],
  ['comments', `// x\n${JSON.stringify(start(good))}`, expect.stringContaining('it is not valid JSON')],
  ['a byte order mark', `\uFEFF${JSON.stringify(start(good))}`, expect.stringContaining('it is not valid JSON')],
])('a hooks.json with %s is a problem, and declares no hook', (_, file, reason) => {
  const root = folderWith({ 'p/hooks/hooks.json': file });
  expect(discoverIn(root, { plugins: '../p' })).toEqual({
    hooks: [],
    env: {},
    problems: [{ code: 'unreadable', file: `${root}/p/hooks/hooks.json`, reason }],
  });
});

it('reports events outside of `hooks`', () => {
  const { hooks } = discoverIn(folderWith({ 'p/hooks/hooks.json': on('SessionStart', 'a') }), { plugins: '../p' });
  expect(hooks).toMatchObject([
    { event: 'SessionStart', dead: { code: 'shape', expected: '`hooks` around the events' } },
  ]);
});

it('reads every type of handler, with its condition', () => {
  const handlers = [
    { type: 'command', command: 'node', args: ['x.mjs'], async: true, if: 'Bash(git *)' },
    { type: 'http', url: 'http://127.0.0.1:1/' },
    { type: 'mcp_tool', server: 's', tool: 't' },
    { type: 'prompt', prompt: 'p' },
    { type: 'agent', prompt: 'a' },
  ];
  const root = folderWith({ 'p/hooks/hooks.json': { hooks: { PreToolUse: [{ matcher: 'Bash', hooks: handlers }] } } });
  const { hooks } = discoverIn(root, { plugins: '../p' });
  expect(hooks.map(({ handler, timeout_s }) => [handler.type, timeout_s.effective])).toEqual([
    ['command', 600],
    ['http', 600],
    ['mcp_tool', 600],
    ['prompt', 30],
    ['agent', 60],
  ]);
  expect(hooks[0]).toMatchObject({
    id: 'p/PreToolUse/x.mjs',
    if: 'Bash(git *)',
    handler: { type: 'command', command: 'node', args: ['x.mjs'], shell: 'bash', async: true },
  });
});
