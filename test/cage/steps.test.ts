import { describe, expect, it } from 'vitest';
import { type Furniture, stepsOf } from '../../src/cage/steps.ts';

const asked: Furniture = {
  work: { folder: '/home/me/.cache/perf-gate/arms/1/a', at: '/home/me/project' },
  views: [{ folder: '/home/me/project/.git/objects', at: '/home/me/project/.git/shared' }],
  temporary: '/home/me/.cache/perf-gate/arms/1/as/tmp',
  caches: { folder: '/home/me/.cache/perf-gate/arms/1/as/cache', at: '/home/me/.cache' },
  home: '/home/me',
  hidden: ['/home/me/.cache/perf-gate'],
  shared: [],
  network: 'loopback',
};

/** The steps, one a line. */
const lines = (...given: Parameters<typeof stepsOf>) =>
  stepsOf(...given)
    .join(' ')
    .split(/ (?=bind|view|overlay|empty)/);

describe('the steps that set up a room', () => {
  it('cover an outer place before what lies in it', () => {
    expect(lines(asked, 'overlay', [])).toEqual([
      'bind /home/me/.cache/perf-gate/arms/1/as/tmp /tmp',
      'empty /run',
      'empty /var/tmp',
      'empty /dev/shm',
      'overlay /home/me',
      'bind /home/me/.cache/perf-gate/arms/1/as/cache /home/me/.cache',
      'bind /home/me/.cache/perf-gate/arms/1/a /home/me/project',
      'view /home/me/project/.git/objects /home/me/project/.git/shared',
    ]);
  });

  it('show what is mounted below HOME, which an overlay hides, and not what the project covers', () => {
    const shown = lines(asked, 'overlay', ['/', '/home/me', '/home/me/data', '/home/me/project/big', '/srv']);
    expect(shown.filter((line) => line.startsWith('view'))).toEqual([
      'view /home/me/data /home/me/data',
      'view /home/me/project/.git/objects /home/me/project/.git/shared',
    ]);
  });

  it('lay no overlay over a HOME that is covered, because it would uncover what lies outside', () => {
    const steps = lines({ ...asked, home: '/tmp', caches: { ...asked.caches, at: '/tmp/.cache' } }, 'overlay', []);
    expect(steps.filter((line) => line.endsWith(' /tmp'))).toEqual([`bind ${asked.temporary} /tmp`]);
  });

  it('leave HOME read-only if no overlay works, and if HOME is the project', () => {
    expect(lines(asked, 'read_only', ['/home/me/data'])).not.toContain('overlay /home/me');
    const inHome = { ...asked, work: { ...asked.work, at: '/home/me' }, views: [] };
    expect(lines(inHome, 'overlay', [])).not.toContain('overlay /home/me');
  });

  it('hide what lies outside of the caches too', () => {
    expect(lines({ ...asked, hidden: ['/srv/perf-gate'] }, 'overlay', [])).toContain('empty /srv/perf-gate');
  });

  it('keep /run, with the sockets of services, if the room has the machine’s network', () => {
    expect(lines({ ...asked, network: 'full' }, 'overlay', [])).not.toContain('empty /run');
  });
});
