import { close, print, save, undo } from './icons.js';
import { texts } from './texts.js';

const buttons = Object.entries({ save, undo, print, close });

export const toolbar = () => buttons.map(([name, icon]) => `<button title="${texts[name]}">${icon}</button>`).join('');
