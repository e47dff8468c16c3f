/** How figures look; shapes carry the meaning (hollow and filled, dashed and solid), colour only repeats it. */
export const figureStyle = `
.figure{display:block;width:100%;max-width:520px;height:auto;font-size:12.5px}
.figure text{fill:var(--ink)}
.figure .minor,.figure .axis text,.figure .caption{fill:var(--soft);font-size:11.5px}
.figure .axis line{stroke:var(--line)}
.figure .name{font-weight:500}
.figure .value{font-weight:600}
.row circle{fill:none;stroke:var(--base);stroke-width:1.4;opacity:.9}
.row .whisker,.row rect{fill:none;stroke:var(--base);stroke-width:1.4}
.row rect{fill:var(--page)}
.row .median{stroke:var(--base);stroke-width:3}
.row-1 circle{fill:var(--candidate);stroke:var(--page);stroke-width:.8}
.row-1 .whisker,.row-1 rect,.row-1 .median{stroke:var(--candidate)}
.threshold line{stroke:var(--ink);stroke-width:1.3;stroke-dasharray:4 3}
.figure .threshold text{fill:var(--ink);font-size:11.5px}
.level rect{fill:var(--base)}
.level.measured rect{fill:var(--candidate)}
.step rect{fill:var(--good)}
.join{stroke:var(--soft);stroke-dasharray:2 2}
.bins rect{fill:var(--base)}
.spark polyline{fill:none;stroke:var(--base);stroke-width:1.4}
.spark circle{fill:var(--base)}
.spark .middle{stroke:var(--line);stroke-width:1.2}
.forest .zero{stroke:var(--soft)}
.forest .span{stroke-width:2.2;fill:none}
.forest .accepted{stroke:var(--good);fill:var(--good)}
.forest .rejected{stroke:var(--bad);fill:var(--bad)}
.forest .inconclusive{stroke:var(--open);fill:var(--open)}
`;
