import { join } from 'node:path';
import { parseFrontmatter } from '../../artifact/frontmatter.ts';
import { oneLine } from '../../core/text.ts';
import { declaredIn } from './declared.ts';
import { entriesOf, foldersIn } from './folder.ts';
import { type Drafts, type Origin, onlyProblem, together } from './found.ts';
import { readDeclared } from './read-json.ts';

type Owner = Pick<Origin, 'plugin' | 'root'>;
const nobody: Owner = { plugin: null, root: null };

/** Hooks of the skills in a folder. Claude Code runs such a hook only after the first use of the skill in the session. */
export const hooksOfSkills = (folder: string, owner: Owner = nobody): Drafts =>
  together(foldersIn(folder).map((skill) => hooksAbove({ ...owner, source: 'skill', file: join(skill, 'SKILL.md') })));

/**
 * Hooks of the agents in a folder. Claude Code runs such a hook only for events that occur while its agent works. Claude Code ignores the
 * hooks of a plugin's agents.
 */
export const hooksOfAgents = (folder: string): Drafts =>
  together(
    entriesOf(folder)
      .filter((name) => name.endsWith('.md'))
      .map((name) => hooksAbove({ ...nobody, source: 'agent', file: join(folder, name) })),
  );

function hooksAbove(origin: Origin): Drafts {
  const { file } = origin;
  const text = readDeclared(file);
  if (text.state === 'absent') return together([]);
  if (text.state === 'refused') return onlyProblem({ code: 'unreadable', file, reason: text.reason });
  if (!/^hooks\s*:/m.test(text.value)) return together([]);
  try {
    const { hooks } = parseFrontmatter(text.value).data;
    return hooks === undefined ? together([]) : declaredIn(hooks, origin);
  } catch (error) {
    return onlyProblem({ code: 'unreadable', file, reason: oneLine((error as Error).message) });
  }
}
