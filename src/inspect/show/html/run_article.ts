import { fold } from "../fold.ts";
import { isOff } from "../measurement.ts";
import {
  countBy,
  countsText,
  isTrouble,
  signOf,
} from "../../../page/status.ts";
import type { CaseView, FactGroup, ModuleView, RunView } from "../view.ts";
import { afforded, type PageOptions } from "./budget.ts";
import { artifactBlock, caseCard } from "./case_card.ts";
import { causeCard } from "./cause_card.ts";
import { type Html, html, nothing } from "../../../page/markup.ts";

const KEEP = 200;

/** One run: how it ended, why, of what, and then everything in it. */
export function runArticle(
  view: RunView,
  { prefix, ...options }: PageOptions & { prefix: string },
): Html {
  const ids = new Map<CaseView, string>();
  view.modules.forEach((module, m) =>
    module.cases.forEach((one, c) => ids.set(one, `${prefix}m${m}c${c}`))
  );
  const folded = fold(view.modules, {
    all: options.all,
    keep: KEEP,
    isImportant: ({ status }) => isTrouble(status),
  });
  return html`
    <article>
      ${banner(view)} ${causeCard(view, { ...options, ids })}
      <section class="facts" aria-label="About the run">${view.facts.map(
        factCard,
      )}</section>
      ${folded.map((one) =>
        "item" in one
          ? moduleSection(one.item, { ...options, ids })
          : hiddenNote("modules", one.hidden)
      )} ${artifactBlock(view.artifact, options)}
      <footer>Read from <bdi>${view.source}</bdi>${view.digest === undefined
        ? nothing
        : html`
          , digest <code>${view.digest}</code>
        `}</footer>
    </article>
  `;
}

function banner(view: RunView): Html {
  const { mark, word, tone } = signOf(view.status);
  const { count, off } = view.measurements;
  const facts = [
    view.duration,
    ...(view.counts.size === 0 ? [] : [`Cases: ${countsText(view.counts)}`]),
    ...(count === 0 ? [] : [
      `Measurements: ${count}${off === 0 ? "" : `, ${off} not as required`}`,
    ]),
  ];
  return html`
    <header class="banner ${tone}">
      <p class="status"><span aria-hidden="true">${mark}</span> ${word
        .toUpperCase()}</p>
      <div>
        <h1><bdi>${view.name}</bdi></h1>
        <p class="device">${deviceLine(view)}</p>
        <p class="totals">${facts.map((fact) =>
          html`
            <span>${fact}</span>
          `
        )}</p>
      </div>
    </header>
  `;
}

function deviceLine({ facts }: RunView): Html[] {
  const device = facts.find(({ title }) => title === "DUT")?.facts ?? [];
  return device
    .filter(({ label }) => ["serial number", "part number"].includes(label))
    .map(({ label, value }) =>
      html`
        <span>${label} <b><bdi>${value}</bdi></b></span>
      `
    );
}

function factCard({ title, facts, more }: FactGroup): Html {
  return html`
    <div class="card"><h2>${title}</h2>${list(facts)}${more.length === 0
      ? nothing
      : html`
        <details class="fold"><summary>${more.length} more</summary>${list(
          more,
        )}</details>
      `}</div>
  `;
}

function list(facts: FactGroup["facts"]): Html {
  if (facts.length === 0) return nothing;
  return html`
    <dl>${facts.map(({ label, value }) =>
      html`
        <dt><bdi>${label}</bdi></dt><dd><bdi>${value}</bdi></dd>
      `
    )}</dl>
  `;
}

function moduleSection(
  module: ModuleView,
  { ids, ...options }: PageOptions & { ids: ReadonlyMap<CaseView, string> },
): Html {
  const { name, status, group, duration, cases, artifact } = module;
  const { mark, word, tone } = signOf(status);
  const facts = [
    ...(group === "setup" || group === "teardown" ? [group] : []),
    ...(duration === undefined ? [] : [duration]),
  ];
  const isImportant = ({ status, measurements }: CaseView) =>
    isTrouble(status) || measurements.some(isOff);
  const folded = afforded(
    fold(cases, { all: options.all, keep: KEEP, isImportant }),
    options.rows,
  );
  const cards = folded.map((one) =>
    "item" in one
      ? caseCard(one.item, { ...options, id: ids.get(one.item) ?? "" })
      : hiddenNote("cases", one.hidden)
  );
  return html`
    <section class="module">
      <h2>
        <span class="sign ${tone}">${mark} ${word}</span><bdi
        >${name}</bdi><span class="time">${facts.join(" · ")}</span>
      </h2>
      <div class="cases">${cards}</div>${artifactBlock(artifact, options)}
    </section>
  `;
}

function hiddenNote(
  what: string,
  hidden: readonly (CaseView | ModuleView)[],
): Html {
  const counts = countsText(countBy(hidden.map(({ status }) => status)));
  return html`
    <p class="note">
      ${hidden.length} more ${what} (${counts}) not shown here; show --all has
      them.
    </p>
  `;
}
