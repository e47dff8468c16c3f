import { expect, it } from 'vitest';
import { auditMarkdown } from '../../../src/sentinel/page/audit-markdown.ts';
import { about } from './about.ts';
import { emptyAudit, madeAudit, staticAudit } from './audits.ts';
import { poisoned } from './poisoned.ts';

const page = auditMarkdown(madeAudit(), about);

it('the Markdown of an audit has a table for each event, and recommendations with their places', () => {
  expect(page.split('\n')[0]).toBe('## Hooks of Claude Code: 57/100, D (needs improvement)');
  expect(page).toContain(
    '### SessionStart: startup: 3 hooks at once take 962 ms, 2.0 min a day\n\n| hook | alone | waited for |',
  );
  expect(page).toContain('| `projman/startup-check.sh` | 812 ms | 8.1 min a day | 4.2 ms | project-walk |');
  expect(page).toContain('| `tidy/tidy.sh` | broken |');
  expect(page).toContain(
    '| 1 | projman: change number 1, or run it with \\`async\\` | at most −100 ms, 1.5 min a day | 1 line |',
  );
  expect(page).toContain('1 more with `--html` or `--json`.');
  expect(page).toContain('(`project-walk`): `projman/hooks/startup-check.sh:3, 7`');
  expect(page).toContain('enables gone@<!-- -->market, which is not installed here');
});

it('the Markdown fits a page, and says if nothing was run or no hooks exist', () => {
  expect(page.split('\n').length).toBeLessThan(80);
  expect(auditMarkdown(staticAudit(), about)).toContain('Nothing was run');
  expect(auditMarkdown(emptyAudit(), about)).toContain('No hooks are declared here.');
});

it('foreign text never becomes markup or a mention, and tables keep their shape', () => {
  const hostile = auditMarkdown(poisoned(madeAudit()), about);
  const prose = hostile.replace(/(`+) ?[\s\S]*?[^`]\1(?!`)/g, '');
  expect(prose).not.toMatch(/<script|<\/?style|(?<!\\)\[a|@everyone/);
  expect(hostile.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  const cells = hostile
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(/(?<!\\)\|/).length);
  expect(new Set(cells)).toEqual(new Set([6, 7]));
});
