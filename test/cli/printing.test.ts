import { expect, it } from 'vitest';
import { families, groups, isFamily } from '../../src/cli/command.ts';
import { allCommands, commands } from '../../src/cli/commands.ts';
import { perfGate } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

it('prints the workflow as a table, as Mermaid and as JSON, anywhere', async () => {
  const cwd = temporaryFolder();
  const table = await perfgate.run(cwd, 'workflow');
  expect(table.stdout).toMatch(/^verdict +engine +accepted +commit +profile$/m);
  const mermaid = await perfgate.run(cwd, 'workflow', '--format', 'mermaid');
  expect(mermaid.stdout).toMatch(/^stateDiagram-v2\n {4}\[\*\] --> scoping\n/);
  expect(mermaid.stdout).toContain('    verdict --> fix: rejected [hotspots left] / revert\n');
  expect(await perfgate.json(cwd, 'workflow')).toMatchObject({
    code: 0,
    initial: 'scoping',
    stages: { fix: { by: 'actor' } },
  });
});

it('prints the JSON Schema of the contract', async () => {
  expect(await perfgate.json(temporaryFolder(), 'schema')).toMatchObject({
    $schema: expect.stringContaining('json-schema.org'),
    required: expect.arrayContaining(['version', 'repro', 'metrics']),
  });
});

/** Groups that the general help names on the title line of another group. */
const shortTitles = { hooks: 'rare', fleet: 'several machines' };

it('prints its version, and help with an example for every command', async () => {
  const cwd = temporaryFolder();
  expect((await perfgate.run(cwd, '--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const help = await perfgate.run(cwd, '--help');
  expect(help.code).toBe(0);
  const all = await allCommands();
  expect(all.map(({ name }) => name)).toEqual(Object.keys(commands));
  const pages = await Promise.all(all.map(({ name }) => perfgate.run(cwd, ...name.split(' '), '--help')));
  for (const [i, { name, group, summary, example }] of all.entries()) {
    const [first = ''] = name.split(' ');
    const said = isFamily(first) ? families[first] : summary;
    const line =
      group in shortTitles
        ? `${shortTitles[group as 'hooks']}: .*\\b${first}\\b`
        : `^ {2}${first} +${said.slice(0, 10)}`;
    expect(help.stdout).toMatch(new RegExp(line, 'm'));
    expect(pages[i]).toMatchObject({ code: 0, stderr: '' });
    expect(pages[i]!.stdout).toContain(`Example:\n  $ ${example}`);
    const lines = pages[i]!.stdout.trimEnd().split('\n');
    if (['measure', 'compare'].includes(name)) {
      expect(lines.length).toBeLessThanOrEqual(40);
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
    }
  }
});

it('lists the commands in groups, on one screen', async () => {
  const { stdout } = await perfgate.run(temporaryFolder(), '--help');
  const lines = stdout.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(40);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  const titles = lines.filter((line) => !line.startsWith(' ')).slice(1);
  const others = Object.entries(groups).filter(([group]) => !(group in shortTitles));
  expect(titles.map((title) => title.replace(/ {3}\(.*/, ''))).toEqual(others.map(([, title]) => title));
  for (const short of Object.values(shortTitles))
    expect(titles.filter((title) => title.includes(`(${short}:`))).toHaveLength(1);
});

it('suggests the nearest command, and names the help', async () => {
  const { code, stderr } = await perfgate.run(temporaryFolder(), 'strat');
  expect(code).toBe(2);
  expect(stderr).toMatch(/unknown command 'strat'.*Did you mean start\?[\s\S]*perf-gate --help/i);
});
