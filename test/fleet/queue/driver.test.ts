import { userInfo } from 'node:os';
import { expect, it, vi } from 'vitest';
import { loadDriver } from '../../../src/fleet/queue/driver.ts';

it('connects as the user of the process, if neither the address nor the environment names one', async () => {
  vi.stubEnv('USER', undefined); // pg reads it as it is loaded
  const { pg } = await loadDriver();
  expect(new pg.Client({ connectionString: 'postgres:///perf' }).user).toBe(userInfo().username);
  expect(new pg.Client({ connectionString: 'postgres://other@/perf' }).user).toBe('other');
});
