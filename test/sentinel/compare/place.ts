import { join } from 'node:path';
import { writeDurable } from '../../../src/core/fs.ts';
import { execute, type PerfGate } from '../../helpers/cli.ts';
import { repository, temporaryFolder } from '../../helpers/repository.ts';

/**
 * A folder of plugins with scripts `plugin/name.sh`. Each is a SessionStart hook, unless its name starts with another event, as
 * `plugin/Stop.name.sh`.
 */
export function plugins(root: string, scripts: Record<string, string>): void {
  const events = new Map<string, Record<string, unknown[]>>();
  for (const [path, text] of Object.entries(scripts)) {
    const [plugin = '', name = ''] = path.split('/');
    const event = /^(\w+)\.\w+\.sh$/.exec(name)?.[1] ?? 'SessionStart';
    const own = events.get(plugin) ?? {};
    const handler = { type: 'command', command: `sh "\${CLAUDE_PLUGIN_ROOT}/${name}"`, timeout: 20 };
    own[event] = [...(own[event] ?? []), { hooks: [handler] }];
    events.set(plugin, own);
    writeDurable(join(root, path), `${text}\n`);
  }
  for (const [plugin, hooks] of events)
    writeDurable(join(root, plugin, 'hooks', 'hooks.json'), JSON.stringify({ hooks }));
}

/** A project with a folder `plugins`, and a function that runs `sentinel` there with a separate home for baselines. */
export function place(perfgate: PerfGate, scripts: Record<string, string>) {
  const { root, git, commit } = repository({ 'a.txt': 'a\n' });
  plugins(join(root, 'plugins'), scripts);
  const data = join(temporaryFolder(), 'data');
  const cache = join(data, '..', 'cache');
  const env = { ...perfgate.env(), XDG_DATA_HOME: data, PERF_SENTINEL_HOME: cache };
  const sentinel = (...words: string[]) =>
    execute(process.execPath, [perfgate.bin(), 'sentinel', ...words], { cwd: root, env });
  return {
    root,
    git,
    commit,
    data,
    cache,
    sentinel,
    /** The object that a command prints, and its exit code. */
    async json<T>(...words: string[]): Promise<T & { code: number | null }> {
      const { code, stdout, stderr } = await sentinel(...words, '--json');
      if (stdout === '') throw new Error(stderr);
      return { ...(JSON.parse(stdout) as T), code };
    },
  };
}
