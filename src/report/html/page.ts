import { html, trusted } from '../markup.ts';
import type { Story } from '../story/story.ts';
import { attempts } from './attempts.ts';
import { gain } from './figures.ts';
import { baseline, method, profile } from './measured.ts';
import { style } from './style.ts';
import { summary } from './summary.ts';

/**
 * The whole report in one file. It runs no script and requests nothing; the policy in its head forbids both. It suits phones, dark mode,
 * paper and screen readers.
 */
export function reportHtml(story: Story): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>${story.outcome}: ${story.task}</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
${summary(story)}
${gain(story)}
${attempts(story)}
${profile(story)}
${baseline(story)}
${method(story)}
<footer>Measured and judged by perf-gate. The reported gain is conditional on its acceptance.</footer>
</main>
</body>
</html>
`.markup;
}
