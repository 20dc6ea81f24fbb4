"""How the report's page looks: light and dark, on a phone, on a screen and on paper."""

THEMED = {
    "#1d1c1d": "ink",
    "#5c5b5c": "faint",
    "#d8d8d8": "grid",
    "#ffffff": "paper",
    "#0072b2": "ai",
    "#d55e00": "human",
    "#5b5b5b": "mixed",
    "#8a8a8a": "raw",
    "#008262": "since",
}
"""The charts' colours, each with the variable of the page that takes its place."""

STYLE = """\
:root {
  --ink: #1d1c1d; --faint: #5c5b5c; --grid: #d8d8d8; --paper: #ffffff; --band: #f6f6f6; --link: #0b5cad;
  --ai: #0072b2; --human: #d55e00; --mixed: #5b5b5b; --raw: #8a8a8a; --since: #008262;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #eeedef; --faint: #b4b2b6; --grid: #47454a; --paper: #1b1a1d; --band: #262429; --link: #7dbdf5;
    --ai: #56b4e9; --human: #ef8a3c; --mixed: #bcbac0; --raw: #9c9aa0; --since: #33c9a0;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
main { max-width: 48rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0.25rem 0 0.5rem; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 0.5rem; padding-top: 0.75rem; border-top: 1px solid var(--grid); }
h3 { font-size: 1rem; margin: 0; }
p, ul { margin: 0.4rem 0; }
ul { padding-left: 1.25rem; }
a { color: var(--link); }
code { font-size: 0.9em; }
.days, .where, caption { color: var(--faint); }
.days { margin: 0; }
figure { margin: 1.5rem 0; }
svg { display: block; width: 100%; max-width: 37.5rem; height: auto; }
.wide { overflow-x: auto; position: relative; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 0.25rem 0; }
th, td { padding: 0.35rem 0.6rem; text-align: right; vertical-align: top; overflow-wrap: normal; }
tbody th { font-weight: normal; text-align: left; padding-left: 0.5rem; }
thead th { border-bottom: 2px solid var(--grid); }
tbody tr:nth-child(odd) { background: var(--band); }
article { margin: 0.9rem 0; padding-left: 0.75rem; border-left: 3px solid var(--grid); }
.score { font-weight: bold; }
@media screen and (max-width: 40rem) {
  h1 { font-size: 1.3rem; }
  figure { overflow-x: auto; }
  figure::before {
    content: "Swipe the chart sideways →"; position: sticky; left: 0; display: inline-block;
    color: var(--faint); font-size: 0.85rem;
  }
  svg { min-width: 33rem; }
  .wide { overflow-x: visible; }
  table, caption, tbody, tbody tr, tbody th { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  tbody tr { padding: 0.4rem 0.5rem; }
  tbody th { padding: 0 0 0.1rem; font-weight: 600; }
  tbody td { display: flex; gap: 1rem; justify-content: space-between; padding: 0.1rem 0; }
  tbody td::before { content: attr(data-of); color: var(--faint); text-align: left; flex: none; max-width: 50%; }
}
@media print {
  :root { --ink: #000; --faint: #444; --grid: #bbb; --paper: #fff; --band: #f4f4f4; --link: #000; --ai: #0072b2;
    --human: #d55e00; --mixed: #5b5b5b; --raw: #8a8a8a; --since: #008262; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  article, tr, figure { break-inside: avoid; }
  .wide { overflow: visible; }
}
"""
