import { readFileSync } from 'node:fs';
import { readProfile } from '../../src/profile/formats/read-profile.ts';

// Reads one file, and prints the time in ms and the growth of the process's memory in MB.

const [what, file = ''] = process.argv.slice(2);
const before = process.memoryUsage.rss();
const began = performance.now();
const kept = what === 'parse' ? JSON.parse(readFileSync(file, 'utf8')) : await readProfile(file);
const ms = performance.now() - began;
if (!kept) throw new Error('nothing was read');
process.stdout.write(JSON.stringify({ ms, peak_mb: (process.resourceUsage().maxRSS * 1024 - before) / 1e6 }));
