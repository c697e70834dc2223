import * as fc from "fast-check";
import { ODD_VALUES } from "./odd_values.ts";

/** An object or list that a document of the test stands seldom has in all its forms. */
export interface Part {
  readonly key: "measurements" | "chart" | "instruments" | "sub_units";
  /** JSON. */
  readonly literal: string;
}

const odd = fc.constantFrom(
  ...ODD_VALUES.filter((value) => !value.startsWith("huge")),
);

const texts = ['"abc"', '"12"', '""', "null"];
const numbers = ["1", "2.5", "-3.0", "1e3", '"7"', '" 1.5"', "true", "null"];
const wholes = ["1", "-3.0", '"7"', "true", "null"];
const flags = ["true", "false", "1", '"no"'];
const infos = ["{}", '{"a":"b","c":1.5,"d":true}', '{"e":null}'];
const values = ["1", "2.5", "-3.0", "true", '"7"', '" -1.5 "', '"1e5"'];

const judged = {
  type: ['"numeric"', '"string"'],
  name: texts,
  operation: ['"eq"', '"gele"', "null"],
  result: [...flags, "null"],
};

const numeric = oneObject({
  ...judged,
  value: values,
  unit: ['"V"', "null"],
  "comparison_value": numbers,
  "lower_limit": numbers,
  "upper_limit": numbers,
}, ["value"]);

const string = oneObject({
  ...judged,
  value: ['"abc"', '"7"', '" -1.5 "', '"nan"', '"-"'],
  casesensitive: flags,
  "comparison_value": texts,
}, ["value"]);

/** Also with keys of both kinds. */
const mixed = oneObject({
  ...judged,
  value: [...values, '"abc"', "null", "[1]"],
  unit: ['"V"', "null"],
  casesensitive: flags,
  "comparison_value": [...texts, ...numbers],
  "lower_limit": numbers,
});

const chart = oneObject({
  type: ['"line"', '"line_log_x"', '"line_log_y"', '"log_x_y"'],
  title: texts,
  "x_label": texts,
  "y_label": texts,
  "marker_name": ['["a",null]', "[]"],
  "x_data": ['[[1,2.5,"3",true],[3.0]]', "[]", "[[]]", '[["1e3"]]'],
  "y_data": ["[[1,2]]", "[[0,-0.0]]", "[[1e400]]", '[["inf"]]'],
});

const instrument = oneObject({
  name: texts,
  revision: texts,
  number: wholes,
  comment: texts,
  "serial_number": texts,
  "part_number": texts,
  info: infos,
});

const subUnit = oneObject({
  name: texts,
  type: texts,
  "serial_number": texts,
  "part_number": texts,
  revision: texts,
  info: infos,
});

export const part: fc.Arbitrary<Part> = fc.oneof(
  {
    arbitrary: listIn("measurements", fc.oneof(numeric, string, mixed)),
    weight: 5,
  },
  chart.map((literal) => ({ key: "chart" as const, literal })),
  listIn("instruments", instrument),
  listIn("sub_units", subUnit),
);

function listIn(
  key: Part["key"],
  element: fc.Arbitrary<string>,
): fc.Arbitrary<Part> {
  return fc.array(element, { maxLength: 2 })
    .map((elements) => ({ key, literal: `[${elements.join(",")}]` }));
}

/** Some of the keys, seldom with an odd value. */
function oneObject(
  usual: Readonly<Record<string, readonly string[]>>,
  required: readonly string[] = [],
): fc.Arbitrary<string> {
  const members = Object.entries(usual).map(([key, values]) => {
    const value = fc.oneof(
      { arbitrary: fc.constantFrom(...values), weight: 49 },
      odd,
    );
    const member = value.map((value) => `${JSON.stringify(key)}:${value}`);
    return required.includes(key) ? member : fc.option(member, { freq: 2 });
  });
  return fc.tuple(...members).map((chosen) =>
    `{${chosen.filter((member) => member !== null).join(",")}}`
  );
}
