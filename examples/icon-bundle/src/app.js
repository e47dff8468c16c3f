import * as icons from './icons.js';
import { texts } from './texts.js';

const pictures = new Map(Object.entries(icons));
const buttons = ['save', 'undo', 'print', 'close'];

export const toolbar = () =>
  buttons.map((name) => `<button title="${texts[name]}">${pictures.get(name)}</button>`).join('');
