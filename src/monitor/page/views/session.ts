import type { session as data } from '../../serve/views/session.ts';
import { h } from '../h.ts';
import type { PageView } from '../view.ts';

type Data = ReturnType<typeof data>;

export const session: PageView<Data> = {
  name: 'session',
  title: 'Session',
  about: '',
  spans: true,
  kinds: [],
  draw(into, found) {
    into.append(h('pre', {}, JSON.stringify(found, null, 1).slice(0, 4000)));
  },
};
