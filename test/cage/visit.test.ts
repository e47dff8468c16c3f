import { expect, it } from 'vitest';
import { stepsOfVisit, type Visit } from '../../src/cage/visit.ts';

/** The steps by their places. */
function steps(more: Partial<Visit>, mounts: string[] = []): string[] {
  const words = stepsOfVisit({ discarding: [], own: [], covers: [], views: [], hidden: [], ...more }, mounts);
  const found: string[] = [];
  for (let i = 0; i < words.length; ) {
    const length = ['bind', 'view', 'cover'].includes(words[i]!) ? 3 : 2;
    found.push(words.slice(i, i + length).join(' '));
    i += length;
  }
  return found;
}

it('sockets and leftover files of the machine’s programs are hidden', () => {
  expect(steps({})).toEqual(['empty /run', 'empty /var/tmp', 'empty /dev/shm']);
});

it('a folder inside another needs no overlay, unless it is on another file system', () => {
  const discarding = ['/home/me', '/home/me/work/app', '/opt/plugins', '/home/me'];
  const overlays = (mounts: string[]) => steps({ discarding }, mounts).filter((step) => step.startsWith('overlay'));
  expect(overlays(['/'])).toEqual(['overlay /home/me', 'overlay /opt/plugins']);
  expect(overlays(['/', '/home/me'])).toEqual(['overlay /home/me', 'overlay /opt/plugins']);
  expect(overlays(['/', '/home/me/work'])).toEqual([
    'overlay /home/me',
    'overlay /opt/plugins',
    'overlay /home/me/work/app',
  ]);
});

it('a project below the folder for temporary files is shown, although the room has its own folder there', () => {
  const more = { discarding: ['/tmp', '/tmp/app'], own: [{ folder: '/x/tmp', at: '/tmp' }] };
  expect(steps(more).filter((step) => step.includes('/tmp'))).toEqual([
    'overlay /tmp',
    'bind /x/tmp /tmp',
    'empty /var/tmp',
    'overlay /tmp/app',
  ]);
});

it('other file systems below an overlay are shown, but not inside a hidden folder', () => {
  const more = { discarding: ['/home/me'], hidden: ['/home/me/.ssh'] };
  expect(steps(more, ['/', '/home/me/data', '/home/me/.ssh/keys']).slice(1)).toEqual([
    'empty /var/tmp',
    'empty /dev/shm',
    'overlay /home/me',
    'view /home/me/data /home/me/data',
    'empty /home/me/.ssh',
  ]);
});

it('its own folders and its views are mounted last, outer places first', () => {
  const more = {
    discarding: ['/home/me'],
    own: [
      { folder: '/x/session', at: '/home/me/.claude/projects/p' },
      { folder: '/x/tmp', at: '/tmp' },
    ],
    views: [{ folder: '/x/resolv.conf', at: '/etc/resolv.conf' }],
  };
  expect(steps(more)).toEqual([
    'empty /run',
    'bind /x/tmp /tmp',
    'empty /var/tmp',
    'empty /dev/shm',
    'overlay /home/me',
    'view /x/resolv.conf /etc/resolv.conf',
    'bind /x/session /home/me/.claude/projects/p',
  ]);
});
