import { style } from '../../report/html/style.ts';

/**
 * The style sheet of the report, with additional shapes that only the sentinel's pages draw. Filled and hollow shapes carry the meaning,
 * and colours only repeat the meaning.
 */
export const pageStyle = `${style}
.bar rect{fill:var(--candidate)}
.bar.beside rect{fill:none;stroke:var(--candidate);stroke-width:1.4;stroke-dasharray:3 2}
.spread circle{fill:none;stroke:var(--candidate);stroke-width:1.4;opacity:.9}
.spread circle.over{fill:var(--bad);stroke:var(--bad)}
.spread rect{fill:none;stroke:var(--base);stroke-width:1.2}
.spread .median{stroke:var(--ink);stroke-width:2.4}
.pair+.pair,figure+figure{margin-top:1.5rem}.pair .facts{margin:0}.pair .facts div{grid-template-columns:7.5rem 1fr}
.badge.soft{background:var(--card)}
section>h3{margin-top:2rem}
.todo{padding-left:1.6rem;margin:.8rem 0}.todo li{margin:.55rem 0;overflow-wrap:anywhere}.todo strong{color:var(--ink)}
td:first-child{min-width:8.5rem}td.text:last-child{min-width:9rem}
`;
