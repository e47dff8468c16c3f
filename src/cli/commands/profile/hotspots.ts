import { resolve } from 'node:path';
import { exit, failure } from '../../../core/errors.ts';
import { hotspots as rank } from '../../../profile/rank/hotspots.ts';
import { projectProfile } from '../../../profile/rank/project-profile.ts';
import { define } from '../../command.ts';
import { choice, flag, number, percent, text } from '../../options.ts';
import { openInBrowser } from '../../terminal/browser.ts';
import { elsewhere, profilesAt } from './files.ts';
import { ceilingBefore, hotspotsText, widthOf } from './text.ts';
import { writeViews } from './views.ts';

export const command = define({
  name: 'hotspots',
  group: 'question',
  arguments: '<files...>',
  summary: 'rank the functions of profiles you have, and draw flame graphs',
  detail:
    'Reads every format that docs/profile-formats.md lists. Several files and folders count as parts of one execution (threads, child processes). A function ranks by its own cost plus the cost of its calls to code outside of the project.',
  example: 'perf-gate hotspots profile.cpuprofile --flame flame.html',
  options: {
    '--root <dir>': text('the project’s folder when the profile was taken (default: this folder)'),
    '--value <name>': text(
      'the value to rank by, if a file holds several: an event of perf or callgrind, or a sample type of pprof',
    ),
    '--against <file>': text('an earlier profile: show and draw the differences from it'),
    '--flame <file>': text('write a flame graph: a page (.html) or a picture (.svg)'),
    '--speedscope <file>': text('write the profile for speedscope'),
    '--threshold <pct>': percent('mark hotspots where a fix can save less than this', {
      least: 0,
      most: 100,
      otherwise: 20,
    }),
    '--group <by>': choice('rank by function or file', ['function', 'file'], { otherwise: 'function' }),
    '--limit <n>': number('how many to show', { least: 1, whole: true, otherwise: 20 }),
    '--open': flag('open the flame graph in the browser'),
  },
  silent: true,
  parse(given) {
    if (!given.open || given.flame !== undefined) return given;
    throw failure('usage', {
      problem: 'There is nothing to open.',
      hint: 'Name a file for the flame graph: --flame out.html --open.',
    });
  },
  async run({ files, root: folder = '.', value, against, flame, speedscope, threshold, group, limit, open }, tools) {
    const root = resolve(tools.cwd, folder);
    const profile = await projectProfile(profilesAt(files, tools), root, value);
    const before = against === undefined ? null : await projectProfile(profilesAt([against], tools), root, value);
    if (before && before.unit !== profile.unit)
      throw failure('usage', {
        problem: `The profiles cannot be compared, because their units differ: ${against} is in ${before.unit}, but ${files.join(', ')} is in ${profile.unit}.`,
        hint: 'Give --against a profile of the same profiler.',
      });
    const choices = { threshold_pct: threshold, group };
    const found = rank(profile, root, { ...choices, limit });
    const earlier = before && rank(before, root, { ...choices, limit: Number.POSITIVE_INFINITY });
    const written = writeViews(
      { profile, before, title: files.join(', ') },
      { flames: flame === undefined ? [] : [flame], speedscope, cwd: tools.cwd },
    );
    const places = found.hotspots.map((h) => (earlier ? { ...h, ceiling_before_pct: ceilingBefore(h, earlier) } : h));
    if (tools.json) tools.out(JSON.stringify({ ...found, hotspots: places }));
    else tools.out(hotspotsText(found, { root, earlier, threshold, width: widthOf(tools) }));
    const other = elsewhere(found, profile);
    if (other)
      tools.say(
        `Much of the cost is in ${other}, outside of the project. If this file belongs to the project, pass the folder that held the project when the profile was taken: --root DIR.`,
      );
    for (const file of written) tools.say(`Written: ${file}`);
    if (open) await openInBrowser(written[0]!);
    return exit.done;
  },
});
