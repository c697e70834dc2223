import { fold } from "../fold.ts";
import { condition, isOff, type Measurement } from "../measurement.ts";
import { countText } from "../../../page/sizes.ts";
import { afforded, type PageOptions } from "./budget.ts";
import { limitBar } from "./limit_bar.ts";
import { type Html, html, nothing } from "../../../page/markup.ts";

const KEEP = 100;
/** Longer values may be broken. */
const LONG = 24;

const VERDICTS: Record<Measurement["verdict"], [tone: string, text: string]> = {
  passed: ["good", "✓ passed"],
  failed: ["bad", "✗ failed"],
  outside: ["bad", "! outside"],
  none: ["quiet", "· not judged"],
};

/** Value, requirement, drawing and verdict of each. */
export function measurementTable(
  measurements: readonly Measurement[],
  { all, rows }: PageOptions,
): Html {
  if (measurements.length === 0) return nothing;
  const folded = afforded(
    fold(measurements, { all, keep: KEEP, isImportant: isOff }),
    rows,
  );
  const body = folded.map((one) => "item" in one ? row(one.item) : nothing);
  const left = folded.flatMap((one) => "item" in one ? [] : one.hidden).length;
  return html`
    <table class="measurements">
      <thead>
        <tr>
          <th scope="col">Measurement</th>
          <th scope="col" class="number">Value</th>
          <th scope="col">Required</th>
          <th scope="col"><span class="hidden">Drawing</span></th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>${body}</tbody>
    </table>${left === 0 ? nothing : html`
      <p class="note">${countText(
        left,
        "more measurement",
        "more measurements",
      )} not shown here (show --all).</p>
    `}
  `;
}

function row(measurement: Measurement): Html {
  const { name, value, unit, verdict } = measurement;
  const [tone, text] = VERDICTS[verdict];
  const withUnit = unit === "" ? [] : [
    " ",
    html`
      <span class="unit">${unit}</span>
    `,
  ];
  return html`
    <tr class="${isOff(measurement) ? "off" : "fine"}">
      <th scope="row"><bdi>${name}</bdi></th>
      <td class="${value.length > LONG
        ? "number long"
        : "number"}"><bdi>${value}</bdi>${withUnit}</td>
      <td class="required"><bdi>${condition(measurement)}</bdi></td>
      <td class="drawing">${limitBar(measurement)}</td>
      <td class="verdict ${tone}">${text}</td>
    </tr>
  `;
}
