import type { Redact } from '../../artifact/redact.ts';
import { writeDurable } from '../../core/fs.ts';
import { flameDifference } from '../../profile/flame/difference.ts';
import { flameGraph } from '../../profile/flame/flame.ts';
import { flamePage } from '../../profile/flame/page.ts';
import { toSpeedscope } from '../../profile/flame/speedscope-export.ts';
import type { Profile } from '../../profile/model.ts';
import { projectProfile } from '../../profile/rank/project-profile.ts';

/**
 * How to draw a profile. `path`: the common path of the files to write, without their extensions. `earlier`: the absolute paths of an
 * earlier profile's files, and the folder of its sources.
 */
type Views = { path: string; title: string; redact: Redact; earlier: Earlier | null };
type Earlier = { files: string[]; root: string; value: string | undefined };

/**
 * Draws a profile as a flame graph. If there is an earlier profile in the same unit, also draws the difference between both profiles.
 * Returns for each file a description and the absolute path.
 */
export async function writeFlames(
  profile: Profile,
  { path, title, redact, earlier }: Views,
): Promise<{ what: string; file: string }[]> {
  const before = earlier && (await readAgain(earlier));
  const views = [
    { what: 'flame graph', file: `${path}-flame.html`, text: flamePage(flameGraph(profile, title)) },
    { what: 'for speedscope', file: `${path}.speedscope.json`, text: toSpeedscope(profile, title) },
  ];
  if (before?.unit === profile.unit) {
    const text = flamePage(flameDifference(before, profile, `${title}, compared with the previous profile`));
    views.push({ what: 'what changed since the previous profile', file: `${path}-difference.html`, text });
  }
  for (const { file, text } of views) writeDurable(file, redact(text));
  return views.map(({ what, file }) => ({ what, file }));
}

/** Reads an earlier profile. Null if a file is missing or damaged. Then no difference is drawn. */
async function readAgain({ files, root, value }: Earlier): Promise<Profile | null> {
  try {
    return await projectProfile(files, root, value);
  } catch {
    return null;
  }
}
