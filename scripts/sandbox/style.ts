import { Html } from "./html.ts";

/** The look of the sandbox's pages, light and dark. */
export const style = new Html(`
:root { color-scheme: light dark; --accent: #2359d1; --line: #8886; --error: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --accent: #8fb2ff; --error: #ffb4ab; } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center;
  font: 1rem/1.5 system-ui, sans-serif; }
main { width: min(26rem, 100% - 3rem); padding: 1.5rem; border: 1px solid var(--line);
  border-radius: .75rem; }
h1 { margin: 0 0 .25rem; font-size: 1.4rem; }
label { display: grid; gap: .25rem; margin: .75rem 0; }
input { font: inherit; padding: .5rem .75rem; border: 1px solid var(--line);
  border-radius: .5rem; }
button { font: inherit; padding: .5rem 1.25rem; border: 1px solid var(--accent);
  border-radius: .5rem; background: none; color: var(--accent); cursor: pointer; }
button.main { background: var(--accent); color: Canvas; }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
.error { color: var(--error); }
.actions { display: flex; gap: .75rem; margin-top: 1rem; }
small { opacity: .7; }
`);
