import { statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { failure } from '../../../core/errors.ts';
import { writeDurable } from '../../../core/fs.ts';
import { flameDifference } from '../../../profile/flame/difference.ts';
import { type Drawing, flameGraph } from '../../../profile/flame/flame.ts';
import { flamePage } from '../../../profile/flame/page.ts';
import { toSpeedscope } from '../../../profile/flame/speedscope-export.ts';
import { flamePicture } from '../../../profile/flame/svg.ts';
import type { Profile } from '../../../profile/model.ts';

/** A profile to draw. `before`: an earlier profile, if the difference between both profiles is drawn. */
type Shown = { profile: Profile; before: Profile | null; title: string };

/** For each file extension, a function that draws a flame graph. */
const writers: Record<string, (drawing: Drawing) => string> = { html: flamePage, svg: flamePicture };

/**
 * Writes the requested flame graphs and profiles, and returns the absolute paths of the files.
 * @throws usage: a flame graph that is neither SVG nor HTML, or a path that is a folder
 */
export function writeViews(
  { profile, before, title }: Shown,
  { flames, speedscope, cwd }: { flames: readonly string[]; speedscope: string | undefined; cwd: string },
): string[] {
  const written: string[] = [];
  const write = (path: string, text: string) => {
    const file = resolve(cwd, path);
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
      throw failure('usage', { problem: `${path} is a folder.`, hint: 'Name a file to write.' });
    writeDurable(file, text);
    written.push(file);
  };
  for (const file of flames) {
    const toText = writers[extname(file).slice(1)];
    if (!toText)
      throw failure('usage', {
        problem: `A flame graph cannot be written as ${file}.`,
        hint: 'Use --flame out.html or --flame out.svg.',
      });
    write(file, toText(before ? flameDifference(before, profile, title) : flameGraph(profile, title)));
  }
  if (speedscope !== undefined) write(speedscope, toSpeedscope(profile, title));
  return written;
}
