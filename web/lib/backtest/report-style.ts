/** The styles of a report's HTML file: its own, so that it looks the same wherever it is opened. */
export const reportStyle = `
:root { color-scheme: light dark;
  --bg: light-dark(#fff, #14181c); --text: light-dark(#1b2126, #eceff1);
  --quiet: light-dark(#545e66, #a7b0b7); --line: light-dark(#d9dde0, #343b41);
  --accent: light-dark(#00665a, #55d0bb);
  --up: light-dark(#0072b2, #56b4e9); --down: light-dark(#b84e00, #e69f00); }
body { margin: 0; background: var(--bg); color: var(--text);
  font: 14px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1100px; margin: 0 auto; padding: 24px 16px; }
h1 { font-size: 20px; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 14px; margin: 32px 0 8px; border-bottom: 1px solid var(--line); }
p { margin: 4px 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; font-size: 13px; }
th, td { padding: 2px 10px 2px 0; border-bottom: 1px solid var(--line); text-align: left; }
.number { text-align: right; }
.up { color: var(--up); fill: var(--up); }
.down { color: var(--down); fill: var(--down); }
.quiet { color: var(--quiet); font-size: 12px; }
.wide { overflow-x: auto; }
.columns { columns: 2 340px; }
.columns table { width: 100%; }
.drawing { margin-bottom: 8px; }
svg { display: block; width: 100%; height: 200px; border: solid var(--line);
  border-width: 0 0 1px 1px; }
path { fill: none; vector-effect: non-scaling-stroke; }
.line { stroke: var(--accent); stroke-width: 1.5px; }
.zero { stroke: var(--line); }
.dots { fill: none; stroke: currentColor; stroke-width: 6px; }
.dots.up { stroke-linecap: round; }
.dots.down { stroke-linecap: square; }
pre { overflow-x: auto; font: 12px/1.5 ui-monospace, monospace; }
@media print { section { break-inside: avoid; } }
`;
