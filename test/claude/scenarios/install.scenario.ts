import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { execute, perfGate } from '../../helpers/cli.ts';
import { countingProject } from '../../helpers/project.ts';
import { hasTmux } from '../../helpers/terminal.ts';
import { requestText } from '../client/model.ts';
import { marketplace, plugin, type Sandbox, sandbox } from '../client/sandbox.ts';

const perfgate = perfGate();

const silent = (): { text: string } => ({ text: 'nothing to do' });

async function fresh(): Promise<Sandbox & { root: string }> {
  const project = countingProject();
  return { ...(await sandbox(project, perfgate, silent)), root: project.root };
}

/** The commands of the plugin that a session knows. */
async function known({ ask }: Sandbox): Promise<string[]> {
  const { events } = await ask('hello', { bare: true });
  const init = events.find((e) => e.subtype === 'init') as { slash_commands?: string[] } | undefined;
  return (init?.slash_commands ?? []).filter((name) => name.startsWith('perf-gate:')).sort();
}

describe('the plugin', () => {
  it.each([marketplace, plugin])('is valid: %s', async (path) => {
    const { call } = await fresh();
    const { code, stdout } = await call('plugin', 'validate', '--strict', path);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Validation passed') });
  });

  it('can be installed from this repository', async () => {
    const box = await fresh();
    expect(await known(box)).toEqual([]);
    expect(await box.call('plugin', 'marketplace', 'add', marketplace)).toMatchObject({ code: 0 });
    expect(await box.call('plugin', 'install', 'perf-gate@perf-gate')).toMatchObject({ code: 0 });
    expect(await known(box)).toContain('perf-gate:start');
  });

  it.skipIf(!hasTmux())('is loaded in the first session after `perf-gate init --claude` (needs tmux)', async () => {
    const box = await fresh();
    const tsx = join(marketplace, 'node_modules/.bin/tsx');
    const cwd = box.root;
    await execute(tsx, [join(marketplace, 'src/cli/index.ts'), 'init', '--claude'], { cwd, env: process.env });
    const screen = await box.open({ bare: true });
    await screen.say('/perf-gate:status');
    await screen.sees(/nothing to do/);
    expect(requestText(box.model.requests[0]!)).toContain('<command-name>/perf-gate:status</command-name>');
  });
});
