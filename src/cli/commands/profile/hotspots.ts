import { resolve } from 'node:path';
import { exit, failure } from '../../../core/errors.ts';
import { hotspots as rank } from '../../../profile/rank/hotspots.ts';
import { projectProfile } from '../../../profile/rank/project-profile.ts';
import type { Run } from '../../command.ts';
import { choiceOf, numberOf, textOf } from '../../options.ts';
import { openFile } from '../../terminal/open.ts';
import { elsewhere } from './elsewhere.ts';
import { profilesAt } from './files.ts';
import { ceilingBefore, hotspotsText, widthOf } from './text.ts';
import { thresholdOf } from './threshold.ts';
import { writeViews } from './views.ts';

export const silent = true;

export const run: Run = async (files, options, tools) => {
  const root = resolve(tools.cwd, textOf(options, 'root') ?? '.');
  const limit = numberOf(options, 'limit', { least: 1, whole: true, otherwise: 20 });
  const choice = {
    threshold_pct: thresholdOf(options),
    group: choiceOf(options, 'group', ['function', 'file'] as const),
  };
  const [flame, against] = [textOf(options, 'flame'), textOf(options, 'against')];
  if (options.open === true && flame === undefined)
    throw failure('usage', {
      problem: 'There is nothing to open.',
      hint: 'Say where the flame graph goes: --flame out.html --open.',
    });
  const profile = await projectProfile(profilesAt(files, tools), root);
  const before = against === undefined ? null : await projectProfile(profilesAt([against], tools), root);
  if (before && before.unit !== profile.unit)
    throw failure('usage', {
      problem: `${against} is in ${before.unit}, ${files.join(', ')} in ${profile.unit}: they cannot be compared.`,
      hint: 'Give --against a profile of the same profiler.',
    });
  const found = rank(profile, root, { ...choice, limit });
  const earlier = before && rank(before, root, { ...choice, limit: Number.POSITIVE_INFINITY });
  const written = writeViews(
    { profile, before, title: files.join(', ') },
    { flames: flame === undefined ? [] : [flame], speedscope: textOf(options, 'speedscope'), cwd: tools.cwd },
  );
  const places = found.hotspots.map((h) => (earlier ? { ...h, ceiling_before_pct: ceilingBefore(h, earlier) } : h));
  if (tools.json) tools.out(JSON.stringify({ ...found, hotspots: places }));
  else tools.out(hotspotsText(found, { root, earlier, threshold: choice.threshold_pct, width: widthOf(tools) }));
  const other = elsewhere(found, profile);
  if (other) tools.say(`Much was spent in ${other}: if that is the project’s, say with --root where the project lay.`);
  for (const file of written) tools.say(`Written: ${file}`);
  if (options.open === true) await openFile(written[0]!);
  return exit.done;
};
