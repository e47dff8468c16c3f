import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { exit } from '../core/errors.ts';
import { filesIn } from '../profile/formats.ts';
import { hotspots as rank } from '../profile/hotspots.ts';
import { projectProfile } from '../profile/project-profile.ts';
import type { Run } from './command.ts';
import { choiceOf, textOf } from './measure/options.ts';
import { openFile } from './open.ts';
import { hotspotsText } from './profile/text.ts';
import { thresholdOf } from './profile/threshold.ts';
import { writeViews } from './profile/views.ts';

export const silent = true;

export const run: Run = async (files, options, tools) => {
  const root = resolve(tools.cwd, textOf(options, 'root') ?? '.');
  const profile = await projectProfile(all(files, tools.cwd), root);
  const against = textOf(options, 'against');
  const before = against === undefined ? null : await projectProfile(all([against], tools.cwd), root);
  const choice = {
    threshold_pct: thresholdOf(options),
    group: choiceOf(options, 'group', ['function', 'file'] as const),
  };
  const found = rank(profile, root, { ...choice, limit: 20 });
  const earlier = before && rank(before, root, { ...choice, limit: Number.POSITIVE_INFINITY });
  const written = writeViews(
    { profile, before, title: files.join(', ') },
    { flame: textOf(options, 'flame'), speedscope: textOf(options, 'speedscope'), cwd: tools.cwd },
  );
  if (tools.json) tools.out(JSON.stringify(found));
  else tools.out(hotspotsText(found, { root, earlier, threshold: choice.threshold_pct }));
  for (const file of written) tools.say(`Written: ${file}`);
  if (options.open === true && written[0]) await openFile(written[0]);
  return exit.done;
};

/** A folder stands for the profiles in it. */
function all(paths: readonly string[], cwd: string): string[] {
  return paths
    .map((path) => resolve(cwd, path))
    .flatMap((path) => (statSync(path, { throwIfNoEntry: false })?.isDirectory() ? filesIn(path) : [path]));
}
