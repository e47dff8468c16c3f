import { html } from '../markup.ts';
import type { Story } from '../story/story.ts';
import { attempts } from './attempts.ts';
import { document } from './document.ts';
import { gain } from './figures.ts';
import { baseline, method, profile } from './measured.ts';
import { style } from './style.ts';
import { summary } from './summary.ts';

/** The whole report of a run as an HTML page. The page suits phones, dark mode, paper and screen readers. */
export function reportHtml(story: Story): string {
  const content = html`${summary(story)}
${gain(story)}
${attempts(story)}
${profile(story)}
${baseline(story)}
${method(story)}
<footer>Measured and judged by perf-gate. A reported gain is a little optimistic near the threshold, because changes with lucky samples pass more easily.</footer>`;
  return document({ title: `${story.outcome}: ${story.task}`, style, content });
}
