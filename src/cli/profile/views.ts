import { resolve } from 'node:path';
import { failure } from '../../core/errors.ts';
import { writeDurable } from '../../core/fs.ts';
import { flameGraph } from '../../profile/flame.ts';
import { flameDifference } from '../../profile/flame-difference.ts';
import { differencePage, flamePage } from '../../profile/flame-page.ts';
import type { Profile } from '../../profile/model.ts';
import { toSpeedscope } from '../../profile/speedscope-export.ts';

/** What is drawn: a classified profile, and an earlier one to tell what changed. */
type Shown = { profile: Profile; before: Profile | null; title: string };

const drawers: Record<string, (shown: Shown) => string> = {
  html: ({ profile, before, title }) => (before ? differencePage(before, profile, title) : flamePage(profile, title)),
  svg: ({ profile, before, title }) =>
    before ? flameDifference(before, profile, title).after : flameGraph(profile, title),
};

/** Writes what was asked for, and gives the absolute paths. Throws `usage` for a flame graph that is neither SVG nor HTML. */
export function writeViews(
  shown: Shown,
  { flame, speedscope, cwd }: { flame: string | undefined; speedscope: string | undefined; cwd: string },
): string[] {
  const written: string[] = [];
  const write = (file: string, text: string) => {
    writeDurable(resolve(cwd, file), text);
    written.push(resolve(cwd, file));
  };
  if (flame !== undefined) {
    const ending = /\.(svg|html)$/.exec(flame)?.[1];
    if (!ending)
      throw failure('usage', {
        problem: `A flame graph cannot be written as ${flame}.`,
        hint: 'Use --flame out.html or --flame out.svg.',
      });
    write(flame, drawers[ending]!(shown));
  }
  if (speedscope !== undefined) write(speedscope, toSpeedscope(shown.profile, shown.title));
  return written;
}
