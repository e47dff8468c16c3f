import { expect, test } from 'vitest';
import { findProfiler, fittingProfilers, profilers, withCommand } from '../../../src/profile/profilers/profilers.ts';

test('every profiler has a unique name', () => {
  expect(new Set(profilers.map(({ tool }) => tool)).size).toBe(profilers.length);
});

test('a command names what it runs and where it writes', () => {
  for (const profiler of profilers)
    if (profiler.by === 'command') expect(profiler.command, profiler.tool).toMatch(/\{command\}|npx webpack|npx vite/);
  for (const profiler of profilers) if (profiler.by === 'command') expect(profiler.command).toContain('{output}');
});

test('the best one that needs no person comes first', () => {
  const first = (
    domain: 'cli_startup' | 'memory_peak' | 'render_fps',
    seen: { language: string | null; tools: string[] },
  ) => fittingProfilers(domain, seen, 'linux').find(({ by }) => by !== 'hand')?.tool;
  const javascript = { language: 'javascript', tools: [] };
  expect(first('cli_startup', javascript)).toBe('node-cpu-prof');
  expect(first('memory_peak', javascript)).toBe('node-heap-prof');
  expect(first('render_fps', javascript)).toBe('node-cpu-prof');
  expect(first('memory_peak', { language: null, tools: [] })).toBeUndefined();
});

test('a known tool adds its command, an engine’s profiler has none, and the user’s own command stays', () => {
  expect(withCommand({ tool: 'py-spy' })).toMatchObject({ command: expect.stringMatching(/^py-spy record/) });
  expect(withCommand({ tool: 'cprofile' })).toEqual({ tool: 'cprofile' });
  expect(withCommand({ tool: 'py-spy', command: 'mine' })).toEqual({ tool: 'py-spy', command: 'mine' });
  expect(findProfiler('unheard-of')).toBeUndefined();
});
