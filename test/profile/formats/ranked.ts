import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';

/** Writes a file and ranks what is in it; `shares`: name, own share, share with what is inside of it, in whole per cent. */
export async function ranked(name: string, text: string) {
  const dir = mkdtempSync(join(tmpdir(), 'perf-gate-ranked-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, name), text);
  const found = hotspots(await readProfile(join(dir, name)), dir);
  return { ...found, shares: found.hotspots.map((h) => [h.id, Math.round(h.self_pct), Math.round(h.total_pct)]) };
}
