import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { at, repository, type TestRepository } from '../helpers/repository.ts';

const project = join(import.meta.dirname, '../..');

/**
 * An example as its user has it: in a repository of its own, with its dependencies in an ignored `node_modules`. What `npm
 * install` would fetch is linked to what is installed here.
 */
export function example(name: string, dependencies: readonly string[] = []): TestRepository {
  const { root } = repository({});
  cpSync(join(project, 'examples', name), root, { recursive: true });
  for (const dependency of dependencies) {
    const link = join(root, 'node_modules', dependency);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(project, 'node_modules', dependency), link);
  }
  const repo = at(root);
  repo.commit('something slow');
  return repo;
}

/** Why an example cannot run here, or null. Its needs are shell commands that succeed where a program is there. */
export function missing(needs: Readonly<Record<string, string>>): string | null {
  const absent = Object.entries(needs).filter(([, command]) => !succeeds(command));
  return absent.length > 0 ? `there is no ${absent.map(([name]) => name).join(', ')} here` : null;
}

function succeeds(command: string): boolean {
  try {
    execFileSync('/bin/sh', ['-c', command], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
