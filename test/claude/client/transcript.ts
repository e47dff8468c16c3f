import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A stretch of a session: a heading, a sentence, and the screen at that moment. */
export type Scene = { title: string; told: string; screen: string };

/** The page of a session, from what stood on the screen. `home` is spelled as a user's. */
export function page(scenes: Scene[], { client, home }: { client: string; home: string }): string {
  const intro = readFileSync(join(import.meta.dirname, 'transcript.md'), 'utf8').replace('{{client}}', client);
  const parts = scenes.map(
    ({ title, told, screen }) =>
      `## ${title}\n\n${told}\n\n\`\`\`text\n${tidy(screen).replaceAll(home, '/home/you')}\n\`\`\`\n`,
  );
  return [intro, ...parts].join('\n');
}

/** Without the line that is typed into, what stands below it, and runs of empty lines. */
function tidy(screen: string): string {
  const lines = screen.split('\n').map((line) => line.trimEnd());
  const prompt = lines.findLastIndex((line) => /^❯\s*$/.test(line));
  return lines
    .slice(0, prompt < 1 ? undefined : prompt - 1)
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
