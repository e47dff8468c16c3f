import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { endOf } from './end.ts';
import { type Project, startArguments, tracked } from './project.ts';
import { published } from './published.ts';
import { journalOf, nameOf, perfGate } from './run.ts';
import { at, runFolder } from './setting.ts';
import { type Setting, settings } from './settings.ts';
import { begin, debris, differences, unverified } from './story.ts';

const place = published();

/** A run that was brought to where a person's command ends it. `again`: what completes the command when it was killed; they take turns. */
type Scene = { setting: Setting; before(project: Project): Promise<void>; command: string[]; again: string[][] };

const byHand = ['start', 'by hand', '--contract', 'perf-gate.yaml', '--yes', '--json'];
const one = tracked['perf-gate.yaml'].replace('max_attempts: 3', 'max_attempts: 1');

async function run(project: Project, ...args: string[]): Promise<void> {
  const { code, stdout, stderr } = await perfGate(place.bin, project, args);
  if (code !== 0 && code !== 1) throw new Error(`perf-gate ${args[0]} exits with ${code}:\n${stdout}${stderr}`);
}

const edit = ({ root }: Project, text: string) => writeFileSync(join(root, 'work.sh'), text);
const dirty = settings['the user’s work included']!;

/** Two changes that help and touch different files. */
const twoHelp: Setting = {
  change: {
    'perf-gate.yaml': tracked['perf-gate.yaml'].replace('max_attempts: 3', 'max_attempts: 2'),
    'more.sh': 'MORE=100\n',
    'bench.sh': '. ./work.sh\n. ./more.sh\necho "METRIC work=$((WORK + MORE))"\n',
    'fix.sh': 'test $PERF_GATE_ATTEMPT = 1 && sed -i s/WORK=100/WORK=50/ work.sh || echo MORE=10 > more.sh\n',
  },
  args: startArguments,
};

const scenes: Record<string, Scene> = {
  'finish that makes a branch for each change': {
    setting: twoHelp,
    before: (project) => run(project, ...twoHelp.args),
    command: ['finish', '--split'],
    again: [['finish', '--split']],
  },
  'finish where nothing was accepted, which gives branch and index back': {
    setting: { ...dirty, change: { 'perf-gate.yaml': one, 'fix.sh': "echo '# slower' >> work.sh\n" } },
    before: (project) => run(project, ...dirty.args),
    command: ['finish'],
    again: [['finish']],
  },
  'abort of a fix that is edited, staged and committed': {
    setting: dirty,
    async before(project) {
      await run(project, ...byHand, '--include-dirty');
      edit(project, 'WORK=7\nANSWER=42\n');
      project.git('commit', '--quiet', '--message', 'of the actor', 'work.sh');
      appendFileSync(join(project.root, 'a file.txt'), 'edited\n');
      writeFileSync(join(project.root, 'new.txt'), 'new\n');
      project.git('add', 'new.txt');
    },
    command: ['abort'],
    again: [['abort'], ['resume']],
  },
  'undo in the middle of a run': {
    setting: { change: {}, args: [] },
    async before(project) {
      await run(project, ...byHand);
      edit(project, 'WORK=50\nANSWER=42\n');
      await run(project, 'submit');
      await run(project, 'next');
    },
    command: ['undo', '1'],
    again: [['undo', '1'], ['resume'], ['next']],
  },
  'undo after the end of a run': {
    setting: { change: { 'perf-gate.yaml': one }, args: [] },
    before: (project) => run(project, ...startArguments),
    command: ['undo', '1'],
    again: [['undo', '1'], ['resume'], ['finish']],
  },
};

it.each(Object.entries(scenes))(
  '%s: killed at any of its records, and again at the same one, it is completed',
  async (_, scene) => {
    const project = begin(scene.setting);
    const kept = `${project.home}-kept`;
    const copy = (from: string, to: string) => {
      rmSync(to, { recursive: true, force: true, maxRetries: 5 });
      cpSync(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    };
    try {
      await scene.before(project);
      copy(project.home, kept);
      const begun = journalOf(project).length;
      await run(project, ...scene.command);
      const end = endOf(project);
      const stays = new Set(await debris(project)); // the arms of a run that goes on
      const points = journalOf(project).slice(begun).map(nameOf);
      expect(points.length).toBeGreaterThan(1);
      for (const [i, point] of points.entries()) {
        copy(kept, project.home);
        const { killed } = await perfGate(place.bin, project, scene.command, at(point));
        const again = scene.again[i % scene.again.length]!;
        // Killed once more where it begins the same again, if it does.
        await perfGate(place.bin, project, again, { when: (all) => all.filter((r) => nameOf(r) === point).length > 1 });
        const { stderr } = await perfGate(place.bin, project, again);
        const differs = [
          ...differences(end, endOf(project)),
          ...(await debris(project)).filter((line) => !stays.has(line)),
          ...(await unverified(place.bin, project)),
        ];
        expect(differs.join('\n'), `killed at ${point}, then ${again[0]}:\n${stderr}`).toBe('');
        const told = readFileSync(join(runFolder(project), 'run.md'), 'utf8');
        if (killed && endOf(project).ended) expect(told).toMatch(/## Recovered\n\n- `perf-gate \w+` was killed/);
      }
    } finally {
      project.remove();
      rmSync(kept, { recursive: true, force: true });
    }
  },
  300_000,
);
