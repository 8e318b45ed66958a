import { ALL_WORKSPACES, ORGANIZATION } from './world.ts'

/**
 * The heading names the workspace that is chosen, without a script. A browser that cannot do this
 * (before 2023) keeps the neutral words.
 */
const CHOSEN_TEAM = [...ALL_WORKSPACES, ORGANIZATION]
  .map(
    ({ id }) =>
      `main:has(option[value="${id}"]:checked) .team-${id}{display:inline}main:has(option[value="${id}"]:checked) .any-team{display:none}`,
  )
  .join('\n')

/** The one style sheet of all pages. Colours and sizes: the interface specification, section 2. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ground:#f1f3f6;--card:#fff;--field:#fff;--inset:#f4f6f8;--edge:#dee2e8;--control:#838c9b;--hover:#e8ebf0;--text:#191c22;--text-2:#434b58;--accent:#2750bd;--accent-hover:#1f429f;--on-accent:#fff;--link:#2045a6;--focus:#2750bd;--warn:#744400;--strip:#fcd58c;--stripe:#fce3b1;--on-strip:#2e1f00}
@media (prefers-color-scheme:dark){:root{--ground:#0f1115;--card:#171a20;--field:#20242c;--inset:#101318;--edge:#2d333d;--control:#737e8f;--hover:#262b34;--text:#eceff4;--text-2:#bbc3d0;--accent:#86a8ff;--accent-hover:#a3beff;--on-accent:#0b1430;--link:#a6c0ff;--focus:#86a8ff;--warn:#f3c473;--strip:#2f2512;--stripe:#3b2f18;--on-strip:#f6d394}}
@media (prefers-contrast:more){:root{--ground:#fff;--inset:#fff;--edge:#4a515c;--control:#14171c;--text:#000;--text-2:#1c2027;--accent:#0b2e96;--accent-hover:#061f6b;--link:#0b2e96;--focus:#0b2e96;--warn:#553100;--on-strip:#000}}
@media (prefers-contrast:more) and (prefers-color-scheme:dark){:root{--ground:#000;--card:#000;--field:#0a0c10;--inset:#000;--edge:#a9b2c0;--control:#e4e8ee;--text:#fff;--text-2:#edf0f5;--accent:#b9cdff;--accent-hover:#dce6ff;--on-accent:#000;--link:#c9d9ff;--focus:#fff;--warn:#ffdb9a;--strip:#000;--stripe:#1c1608;--on-strip:#ffdb9a}}
*{box-sizing:border-box;margin:0}
body{background:var(--ground);color:var(--text);font:400 14px/21px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
header{padding:11px 20px;background:repeating-linear-gradient(-45deg,var(--strip) 0 15px,var(--stripe) 15px 30px);border-bottom:1px solid var(--edge);color:var(--on-strip)}
header p{display:flex;gap:10px;align-items:center;justify-content:center;font-weight:600}
header svg{flex:none}
main{width:min(100% - 32px,600px);margin:28px auto;padding:28px 32px;background:var(--card);border:1px solid var(--edge);border-radius:12px}
h1{font-size:22px;line-height:30px;font-weight:650;letter-spacing:-.01em;text-wrap:balance;overflow-wrap:anywhere}
h1+p{margin-top:4px}
p{color:var(--text-2);text-wrap:pretty}
p+p{margin-top:12px}
header p{color:inherit}
.team{display:none}
${CHOSEN_TEAM}
.fields{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:14px 16px;margin-top:20px}
.fields>:nth-child(3){grid-column:1/-1}
label{font-weight:550}
select{appearance:none;display:block;width:100%;height:36px;padding:0 34px 0 10px;background:var(--field);border:1px solid var(--control);border-radius:6px;color:var(--text);font:inherit;font-weight:400;text-overflow:ellipsis}
.select{position:relative;margin-top:5px}
.select svg{position:absolute;right:11px;top:11px;pointer-events:none}
h2{margin-top:22px;padding-bottom:6px;border-bottom:1px solid var(--edge);font-size:14px;line-height:20px;font-weight:600}
dl{display:grid;grid-template-columns:minmax(0,170px) 1fr;gap:0 20px}
dl div{display:grid;grid-template-columns:subgrid;grid-column:1/-1;padding:7px 0}
dt,code{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;font-variant-ligatures:none;font-size:13px;overflow-wrap:anywhere}
dd{color:var(--text-2)}
dt.label{font-family:inherit}
h2 a,p a{color:var(--link);text-underline-offset:2px;border-radius:4px}
.keep{font-weight:400;cursor:pointer}
.keep input{accent-color:var(--accent);width:13px;vertical-align:-2px;margin:0 8px 0 0}
.keep .hint{padding-left:21px;font-family:system-ui,sans-serif}
p+dl,dl+p,h2+p{margin-top:10px}
.hint{display:block;color:var(--warn);font-size:12px;line-height:16px}
.actions{display:flex;flex-wrap:wrap;gap:16px;align-items:center;justify-content:space-between;margin-top:24px}
.buttons{display:flex;gap:8px;margin-left:auto}
button{min-height:36px;padding:0 16px;background:var(--card);border:1px solid var(--control);border-radius:6px;color:var(--text);font:inherit;font-weight:550;cursor:pointer}
button:hover{background:var(--hover)}
.filled{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
.filled:hover{background:var(--accent-hover);border-color:var(--accent-hover)}
summary{width:fit-content;padding:7px 0;color:var(--link);text-decoration:underline;text-underline-offset:2px;cursor:pointer;list-style:none;border-radius:4px}
summary::-webkit-details-marker{display:none}
details[open]{flex:1 0 100%}
.other{display:flex;flex-wrap:wrap;gap:12px;align-items:end;margin-top:6px;padding:14px;background:var(--inset);border:1px solid var(--edge);border-radius:8px}
.other div:first-child{flex:1 1 240px}
.said{margin-top:16px;padding:10px 12px;background:var(--inset);border:1px solid var(--edge);border-radius:8px;color:var(--text)}
.said code{white-space:pre-wrap}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
@media (max-width:480px){main{width:100%;margin:0;padding:24px 20px;border-width:0 0 1px;border-radius:0}dl{display:block}dl div{display:block}.buttons{width:100%}.buttons button{flex:1}header p{justify-content:start;align-items:start}}
@media (forced-colors:active){.filled{border-color:Highlight}summary{color:LinkText}}
`.trim()
