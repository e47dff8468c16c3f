import { expect, test } from 'vitest';
import { findProfiler, profilers, recommendProfiler, withCommand } from '../../../src/profile/profilers/profilers.ts';

test('every profiler has a name of its own', () => {
  expect(new Set(profilers.map(({ tool }) => tool)).size).toBe(profilers.length);
});

test('a command names what it runs and where it writes', () => {
  for (const profiler of profilers)
    if (profiler.by === 'command') expect(profiler.command, profiler.tool).toMatch(/\{command\}|npx webpack|npx vite/);
  for (const profiler of profilers) if (profiler.by === 'command') expect(profiler.command).toContain('{output}');
});

test('the one to propose runs without a person where any does', () => {
  const javascript = { language: 'javascript', tools: [] };
  expect(recommendProfiler('cli_startup', javascript, 'linux')?.tool).toBe('node-cpu-prof');
  expect(recommendProfiler('memory_peak', javascript, 'linux')?.tool).toBe('node-heap-prof');
  expect(recommendProfiler('render_fps', javascript, 'linux')?.tool).toBe('node-cpu-prof');
  expect(recommendProfiler('memory_peak', { language: null, tools: [] }, 'linux')).toBeUndefined();
});

test('a known tool brings its command, an engine’s profiler none, and a command of one’s own stays', () => {
  expect(withCommand({ tool: 'py-spy' })).toMatchObject({ command: expect.stringMatching(/^py-spy record/) });
  expect(withCommand({ tool: 'cprofile' })).toEqual({ tool: 'cprofile' });
  expect(withCommand({ tool: 'py-spy', command: 'mine' })).toEqual({ tool: 'py-spy', command: 'mine' });
  expect(findProfiler('unheard-of')).toBeUndefined();
});
