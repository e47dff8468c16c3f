import { expect, it } from 'vitest';
import { draftOf, must } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject } from '../helpers/project.ts';

const perfgate = perfGate();

/** A source that would leave its code block, steer a terminal, and turn the reading direction. */
const source = [
  'first',
  '```',
  '# Forged heading',
  'clear \u001b[2J\u0007',
  'turn \u202etxt.exe',
  '```',
  'last',
  '',
].join('\n');

it('shows the source of a hotspot as text, which can neither leave its block nor control a terminal', async () => {
  const repo = countingProject({}, { 'hot.js': source });
  await must(perfgate, repo, 'start', 'make it faster', '--contract', 'c.yaml');
  await must(perfgate, repo, 'approve');
  const { text } = await draftOf(perfgate, repo);
  const place = JSON.stringify({
    id: 'hot\n# Forged `heading`\u001b[2J',
    file: 'hot.js',
    line: 2,
    what: 'forged\n# what\u202e',
  });
  repo.write('draft.md', text.replace(/^hotspots:\n(?: .*\n)*|^hotspots: .*\n/m, `hotspots: [${place}]\n`));
  await must(perfgate, repo, 'submit', 'draft.md');
  const { waiting } = await perfgate.json(repo.root, 'next');
  const { brief } = waiting!;
  expect(brief.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  const [, fence, block] = /^(`{3,})\n([\s\S]*?)\n\1$/m.exec(brief)!;
  expect(fence).toBe('````');
  expect(block!.split('\n').map((line) => line.trim())).toEqual([
    '1  first',
    '2  ```',
    '3  # Forged heading',
    '4  clear',
    '5  turn txt.exe',
    '6  ```',
    '7  last',
    '8',
  ]);
  expect(brief.replace(block!, '').match(/^#.*/gm)).not.toContainEqual(expect.stringContaining('# Forged heading'));
  expect(brief.replace(block!, '')).not.toMatch(/^\s*# (what|Forged)/m);
});
