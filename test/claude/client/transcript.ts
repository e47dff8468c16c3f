import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A part of a session: a heading, a sentence, and the screen at that moment. */
export type Scene = { title: string; told: string; screen: string };

/** The page of a session from its screens. `home` is replaced by `/home/you`. */
export function page(scenes: Scene[], { client, home }: { client: string; home: string }): string {
  const intro = readFileSync(join(import.meta.dirname, 'transcript.md'), 'utf8').replace('{{client}}', client);
  const parts = scenes.map(
    ({ title, told, screen }) =>
      `## ${title}\n\n${told}\n\n\`\`\`text\n${tidy(screen).replaceAll(home, '/home/you')}\n\`\`\`\n`,
  );
  return [intro, ...parts].join('\n');
}

/** Removes the input line, the lines below it, and repeated empty lines. */
function tidy(screen: string): string {
  const lines = screen.split('\n').map((line) => line.trimEnd());
  const prompt = lines.findLastIndex((line) => /^❯\s*$/.test(line));
  return lines
    .slice(0, prompt < 1 ? undefined : prompt - 1)
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
