import { letters } from '../svg/figure.ts';

/** The colours of the page and of its figures, in light and dark mode. */
export const palette = `:root{color-scheme:light dark;--ink:#1c2229;--soft:#5a6572;--line:#dfe3e8;--shade:#1c222940;--page:#fff;--card:#f6f7f9;
--base:#76828f;--candidate:#1d63b8;--good:#19713f;--bad:#b0302a;--open:#7d5a00;--good-bg:#e5f4ea;--bad-bg:#fbe9e7;--open-bg:#fbf1d9}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e4e8ec;--soft:#9aa6b2;--line:#313941;--shade:#e4e8ec40;--page:#14181c;--card:#1b2025;
--base:#94a0ac;--candidate:#6cabf5;--good:#68cf95;--bad:#f28b82;--open:#e3bd62;--good-bg:#15301f;--bad-bg:#3a1e1c;--open-bg:#352b12}}`;

/** The style of figures. Shapes carry the meaning of a figure (hollow or filled, dashed or solid), and colour only repeats the meaning. */
export const figureStyle = `
.figure{display:block;width:100%;max-width:520px;height:auto;font-size:${letters.name}px}
.figure text{fill:var(--ink)}
.figure .minor,.figure .axis text,.figure .caption{fill:var(--soft);font-size:${letters.minor}px}
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
.figure .threshold text{fill:var(--ink);font-size:${letters.minor}px}
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

/** The style of the page, for screen, phone and paper. The style loads no font and no picture. */
export const style = `
${palette}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
font-variant-numeric:tabular-nums;overflow-wrap:break-word;-webkit-text-size-adjust:100%}
main{max-width:62rem;margin:0 auto;padding:clamp(1.25rem,4vw,3.5rem) clamp(1rem,4vw,2rem) 4rem}
h1{font-size:clamp(1.45rem,4vw,2rem);line-height:1.25;font-weight:650;letter-spacing:-.015em;margin:.35rem 0 .9rem;overflow-wrap:anywhere}
h2{font-size:1.2rem;font-weight:650;letter-spacing:-.005em;margin:3.5rem 0 1rem}
h3{font-size:1rem;font-weight:650;margin:0;overflow-wrap:anywhere}
p{margin:.6rem 0;max-width:44rem}
code,pre{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
code{overflow-wrap:anywhere}
pre{overflow:auto;margin:.6rem 0;padding:.8rem 1rem;background:var(--card);border-radius:8px;max-height:30rem}
.over{color:var(--soft);font-size:.88rem;margin:0;overflow-wrap:anywhere}
.lead{text-wrap:pretty;font-size:1.1rem;margin:.9rem 0 0;max-width:46rem;overflow-wrap:anywhere}
.aside p{font-size:.92rem;color:var(--soft)}.aside h3{font-size:.92rem}
.soft{color:var(--soft)}
.badge{display:inline-block;padding:.08rem .6rem;border-radius:99px;font-size:.86rem;font-weight:600;white-space:nowrap}
.good{color:var(--good)}.bad{color:var(--bad)}.open{color:var(--open)}
.badge.good{background:var(--good-bg)}.badge.bad{background:var(--bad-bg)}.badge.open{background:var(--open-bg)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(11.5rem,1fr));gap:1px;margin:2rem 0 0;padding:0;background:var(--line);
border:1px solid var(--line);border-radius:12px;overflow:hidden}
.tile{background:var(--page);padding:1rem 1.15rem 1.05rem}
.tile dt{color:var(--soft);font-size:.84rem;overflow-wrap:anywhere}
.tile dd{margin:0}
.tile .big{font-size:1.1rem;font-weight:650;letter-spacing:-.015em;line-height:1.35;margin-top:.15rem}
.tile small,.result small{font-size:.68em;font-weight:500;letter-spacing:0;white-space:nowrap}
.tile .sub{color:var(--soft);font-size:.84rem;line-height:1.45}
.notice{margin:1.25rem 0 0;padding:.85rem 1.15rem;border-radius:10px;background:var(--open-bg)}
.notice p,.notice ul{margin:0;max-width:none}.notice ul{padding-left:1.15rem}
.pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1.5rem 2.5rem;align-items:start}
figure{margin:0;min-width:0}
figcaption{font-size:.88rem;color:var(--soft);margin:0 0 .6rem}
figcaption b{color:var(--ink);font-weight:600;display:block}
.attempt{border-top:1px solid var(--line);padding:1.75rem 0 1.5rem}
.attempt>header{display:flex;flex-wrap:wrap;gap:.35rem .8rem;align-items:baseline;margin-bottom:1rem}
.result{font-size:1.4rem;font-weight:650;letter-spacing:-.015em;line-height:1.35;margin:0}
.attempt ul{margin:.7rem 0;padding-left:1.15rem}
.attempt li{margin:.2rem 0;overflow-wrap:anywhere}
.scroll{overflow-x:auto;margin:1rem 0;background:linear-gradient(90deg,var(--page) 40%,transparent) 0/2.5rem 100% no-repeat local,
linear-gradient(-90deg,var(--page) 40%,transparent) 100%/2.5rem 100% no-repeat local,linear-gradient(90deg,var(--shade),transparent) 0/1rem 100% no-repeat,
linear-gradient(-90deg,var(--shade),transparent) 100%/1rem 100% no-repeat}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th{font-weight:500;color:var(--soft);font-size:.84rem;text-align:left}
th,td{padding:.45rem .9rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:baseline}
th:last-child,td:last-child{padding-right:0}
.num{text-align:right}td.num{white-space:nowrap}th.num{min-width:4.75rem;text-wrap:balance}
td code{overflow-wrap:normal}
.share+span{display:inline-block;min-width:3.4rem}
td .badge[class]{padding:0;background:none;font-size:inherit}
tbody tr:last-child td{border-bottom:0}
a{color:var(--candidate);text-underline-offset:.15em}
.share{position:relative;display:inline-block;width:7rem;height:.55rem;border-radius:2px;background:var(--card);margin-right:.6rem}
.share i{position:absolute;inset:0 auto 0 0;border-radius:2px;background:var(--candidate)}
.facts{margin:1rem 0;font-size:.92rem}
.facts div{display:grid;grid-template-columns:minmax(8rem,15rem) 1fr;gap:.2rem 1.5rem;padding:.42rem 0;border-bottom:1px solid var(--line)}
.facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
details{margin:.8rem 0}
summary{cursor:pointer;color:var(--soft);font-size:.9rem}
summary:hover{color:var(--ink)}
:focus-visible{outline:2px solid var(--candidate);outline-offset:3px;border-radius:3px}
.diff b{font-weight:400;color:var(--good)}.diff s{text-decoration:none;color:var(--bad)}
footer{margin-top:4rem;color:var(--soft);font-size:.86rem}
@media (max-width:46rem){.pair{grid-template-columns:minmax(0,1fr)}.facts div{grid-template-columns:1fr;gap:0}h2{margin-top:2.75rem}
table{font-size:.82rem}th{font-size:.78rem}th,td{padding-right:.55rem}}
@media print{:root{color-scheme:light}body{font-size:10.5pt}main{max-width:none;padding:0}h2,h3,header{break-after:avoid}
.attempt,figure,tr{break-inside:avoid}pre{max-height:none;white-space:pre-wrap}details::details-content{content-visibility:visible;display:block}
.scroll{overflow:visible;background:none}table{font-size:8pt}td.num{white-space:normal}td code{overflow-wrap:anywhere}.share,.share i,.badge,.notice{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
${figureStyle}`;
