import { isOff } from "../measurement.ts";
import type { CaseView, RunView } from "../view.ts";
import type { PageOptions } from "./budget.ts";
import { assertionBlock } from "./case_card.ts";
import { type Html, html, nothing } from "../../../page/markup.ts";
import { measurementTable } from "./measurement_table.ts";

/** Why the run did not pass, with a link to the case. */
export function causeCard(
  { cause }: RunView,
  { ids, ...options }: PageOptions & { ids: ReadonlyMap<CaseView, string> },
): Html {
  if (cause === undefined) return nothing;
  const { kind, module, testCase, id, isNamed, errorCode } = cause;
  const isStop = kind === "stop";
  const names = [module?.name, testCase?.name].filter((name) =>
    name !== undefined
  );
  const target = testCase && ids.get(testCase);
  const name = html`
    <bdi>${names.join(" › ")}</bdi>
  `;
  const place = target === undefined ? name : html`
    <a href="#${target}">${name}</a>
  `;
  const off = (testCase?.measurements ?? []).filter(isOff);
  const code = html`
    <code>${id}</code>
  `;
  const error = html`
    <span class="code">error code ${errorCode ?? ""}</span>
  `;
  const texts = [
    ...(id === "" ? [] : [" ", code]),
    ...(errorCode === undefined ? [] : [" ", error]),
  ];
  return html`
    <section class="cause ${isStop ? "warn" : "bad"}">
      <h2>${isStop ? "Stopped at" : "Cause of failure"}</h2>
      <p class="place">
        ${place}${texts}
      </p>
      ${note(isNamed, {
        isStop,
        testCase,
      })} ${assertionBlock(testCase?.assertion ?? [])} ${measurementTable(
        off,
        options,
      )}
    </section>
  `;
}

function note(
  isNamed: boolean,
  { isStop, testCase }: { isStop: boolean; testCase: CaseView | undefined },
): Html {
  const isFound = testCase !== undefined;
  if (isNamed) {
    return isFound ? nothing : html`
      <p class="note">The run holds no such case.</p>
    `;
  }
  if (isStop || !isFound) return nothing;
  return testCase.hasFailedFixture
    ? html`
      <p class="note">A fixture failed before the test.</p>
    `
    : html`
      <p class="note">The first case that failed; the document names none.</p>
    `;
}
