import type { Redact } from '../../artifact/redact.ts';
import { writeDurable } from '../../core/fs.ts';
import { flameDifference } from '../../profile/flame/difference.ts';
import { flameGraph } from '../../profile/flame/flame.ts';
import { flamePage } from '../../profile/flame/page.ts';
import { toSpeedscope } from '../../profile/flame/speedscope-export.ts';
import type { Profile } from '../../profile/model.ts';
import { projectProfile } from '../../profile/rank/project-profile.ts';

/** Where pages go: the beginning of their paths; what they are called; the profile before, whose files are absolute. */
type Views = { path: string; title: string; redact: Redact; earlier: { files: string[]; root: string } | null };

/** Draws a classified profile, and what changed since an earlier one of the run. Gives the absolute paths by what they are. */
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
    const text = flamePage(flameDifference(before, profile, `${title}, against the profile before it`));
    views.push({ what: 'what changed since the profile before', file: `${path}-difference.html`, text });
  }
  for (const { file, text } of views) writeDurable(file, redact(text));
  return views.map(({ what, file }) => ({ what, file }));
}

/** An earlier profile that is gone or broken is no reason to stop: then nothing is compared. */
async function readAgain({ files, root }: { files: string[]; root: string }): Promise<Profile | null> {
  try {
    return await projectProfile(files, root);
  } catch {
    return null;
  }
}
