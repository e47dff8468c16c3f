import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { discover } from '../../../src/sentinel/discover/discover.ts';
import { runningTogether } from '../../../src/sentinel/discover/matches.ts';
import { perfGate } from '../../helpers/cli.ts';
import { countingProject } from '../../helpers/project.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { sandbox } from '../client/sandbox.ts';

const perfgate = perfGate();
const examples = resolve('examples/hooks');
const market = 'sentinel-examples';

type Listed = { id: string; enabled: boolean; installPath: string; readFromFolder?: string };

it('perf-gate finds the plugins that the client lists, the hooks that it registers, and the hooks that it runs', async () => {
  const { plugins } = JSON.parse(readFileSync(join(examples, '.claude-plugin/marketplace.json'), 'utf8')) as {
    plugins: { name: string }[];
  };
  const project = countingProject();
  const root = temporaryFolder('perf-gate-claude-');
  const box = await sandbox(project, perfgate, () => ({ text: 'Done.' }), root);
  expect(await box.call('plugin', 'marketplace', 'add', examples)).toMatchObject({ code: 0 });
  for (const { name } of plugins)
    expect(await box.call('plugin', 'install', `${name}@${market}`)).toMatchObject({ code: 0 });
  const settings = join(project.root, '.claude');
  const own = { hooks: [{ type: 'command', command: 'echo project' }] };
  const off = { [`viz-platform@${market}`]: false };
  mkdirSync(settings, { recursive: true });
  writeFileSync(
    join(settings, 'settings.json'),
    JSON.stringify({ enabledPlugins: off, hooks: { SessionStart: [own, own] } }),
  );

  const { hooks, problems } = discover({ cwd: project.root, env: box.env });
  expect(problems).toEqual([]);

  const { stdout } = await box.call('plugin', 'list', '--json');
  const listed = (JSON.parse(stdout) as Listed[]).filter(({ enabled }) => enabled);
  const ours = new Map(hooks.flatMap(({ plugin, root: at }) => (plugin ? [[plugin, at] as const] : [])));
  expect([...ours].sort()).toEqual(listed.map((l) => [l.id, l.readFromFolder ?? l.installPath]).sort());
  expect(ours.size).toBe(plugins.length - 1);

  const { code } = await box.ask('hello', { bare: true });
  expect(code).toBe(0);
  const log = readFileSync(join(root, 'debug.log'), 'utf8');
  // The client also registers hooks whose matcher never matches, and does not count hooks of settings.
  const registered = hooks.filter(({ plugin, dead }) => plugin && dead?.code !== 'shape');
  expect(log).toContain(`Registered ${registered.length} hooks`);

  const ran = [...log.matchAll(/Hooks: SessionStart:startup \[(.*)\](?: \(plugin ([^)]+)\))? finished/g)];
  const expected = runningTogether(hooks, { event: 'SessionStart', value: 'startup' });
  expect(ran.map(([, , plugin]) => plugin ?? null).sort()).toEqual(expected.map(({ plugin }) => plugin).sort());
  expect(expected).toHaveLength(7);
});
