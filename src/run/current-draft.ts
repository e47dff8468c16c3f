import { readFileSync } from 'node:fs';

/** Whether a draft is there that belongs to the stage as it stands now. */
export function isCurrentDraft(file: string, epoch: number): boolean {
  try {
    return new RegExp(`^epoch: ${epoch}$`, 'm').test(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}
