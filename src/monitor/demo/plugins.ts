import { join } from 'node:path';
import { run } from '../../core/exec.ts';
import { makeDir, writeDurable } from '../../core/fs.ts';

/** The two hooks of the demo: one gets more work, the other stays the same. */
export const hooks = {
  changed: { plugin: 'tidy', script: 'notify.sh' },
  same: { plugin: 'tally', script: 'count.sh' },
};

export type Hooked = (typeof hooks)[keyof typeof hooks];

/**
 * Iterations of a shell loop before and after the change. The second number must be much larger than the first, because other load on the
 * machine can double a time.
 */
const work = { before: 20_000, after: 80_000 };

/** An invented user with two installed plugins. `project`: the user's working folder. */
export type Person = { env: NodeJS.ProcessEnv; project: string; scriptOf: (hook: Hooked) => string };

/** Creates the files of the invented user below a folder. The scripts of the hooks are real; each runs a loop. */
export function madePerson(folder: string, env: NodeJS.ProcessEnv): Person {
  const home = join(folder, 'person');
  const client = join(home, '.claude');
  const project = join(folder, 'project');
  makeDir(project);
  const both = Object.values(hooks);
  const rootOf = ({ plugin }: Hooked) => join(client, 'plugins/cache/demo', plugin, '1.0.0');
  const scriptOf = (hook: Hooked) => join(rootOf(hook), hook.script);
  const put = (file: string, value: unknown) => writeDurable(file, JSON.stringify(value));
  put(join(client, 'settings.json'), {
    enabledPlugins: Object.fromEntries(both.map(({ plugin }) => [`${plugin}@demo`, true])),
  });
  put(join(client, 'plugins/installed_plugins.json'), {
    plugins: Object.fromEntries(
      both.map((hook) => [`${hook.plugin}@demo`, [{ scope: 'user', installPath: rootOf(hook) }]]),
    ),
  });
  for (const hook of both) {
    const command = `sh "\${CLAUDE_PLUGIN_ROOT}/${hook.script}"`;
    put(join(rootOf(hook), '.claude-plugin/plugin.json'), { name: hook.plugin });
    put(join(rootOf(hook), 'hooks/hooks.json'), { hooks: { Stop: [{ hooks: [{ type: 'command', command }] }] } });
    writeDurable(scriptOf(hook), scriptText(work.before));
  }
  // the real cache folder is used, because it contains the machine-wide lock of measurements
  const kept = { PATH: env.PATH, XDG_CACHE_HOME: env.XDG_CACHE_HOME ?? join(env.HOME ?? home, '.cache') };
  return { env: { ...kept, HOME: home }, project, scriptOf };
}

/** Makes the changed hook run more iterations. */
export const addWork = ({ scriptOf }: Person): void => writeDurable(scriptOf(hooks.changed), scriptText(work.after));

const scriptText = (turns: number) => `i=0\nwhile [ $i -lt ${turns} ]; do i=$((i + 1)); done\n`;

/** Executes a hook and returns the times of the executions in ms. `ms`: the clock. */
export async function executed(
  hook: Hooked,
  times: number,
  { env, scriptOf }: Person,
  ms: () => number,
): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < times; i++) {
    const began = ms();
    await run('sh', [scriptOf(hook)], { env });
    found.push(ms() - began);
  }
  return found;
}
