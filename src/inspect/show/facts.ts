import type { JsonNode } from "./json_node.ts";
import { timeText } from "./times.ts";
import type { Fact, FactGroup } from "./view.ts";

/** What the run was of, where it took place, and who did it. */
export function factGroups(root: JsonNode): FactGroup[] {
  const groups = [device(root.get("dut")), stand(root.get("test_stand"))];
  return [...groups, production(root), time(root)]
    .filter(({ facts, more }) => facts.length + more.length > 0);
}

function device(dut: JsonNode): FactGroup {
  return {
    title: "DUT",
    facts: [
      ...fact("name", dut.get("name")),
      ...fact("type", dut.get("type")),
      ...fact("serial number", dut.get("serial_number")),
      ...fact("part number", dut.get("part_number")),
      ...fact("revision", dut.get("revision")),
      ...parts("sub unit", dut.get("sub_units")),
    ],
    more: info(dut.get("info")),
  };
}

function stand(testStand: JsonNode): FactGroup {
  return {
    title: "Stand",
    facts: [
      ...fact("name", testStand.get("name")),
      ...fact("number", testStand.get("number")),
      ...fact("location", testStand.get("location")),
      ...fact("revision", testStand.get("revision")),
    ],
    more: [
      ...fact("hardware id", testStand.get("hw_id")),
      ...parts("instrument", testStand.get("instruments")),
      ...info(testStand.get("drivers"), "driver "),
      ...info(testStand.get("info")),
    ],
  };
}

function production(root: JsonNode): FactGroup {
  const process = root.get("process");
  return {
    title: "Production",
    facts: [
      ...fact("process", process.get("name")),
      ...fact("process number", process.get("number")),
      ...fact("operator", root.get("user")),
      ...fact("batch", root.get("batch_serial_number")),
    ],
    more: info(process.get("info")),
  };
}

function time(root: JsonNode): FactGroup {
  const zone = root.get("test_stand").get("timezone").line;
  const facts = ["start", "stop"].flatMap((label) => {
    const node = root.get(`${label}_time`);
    const { number } = node;
    return number === undefined
      ? fact(label, node)
      : [{ label, value: timeText(number, zone) }];
  });
  return { title: "Time", facts, more: [] };
}

function fact(label: string, node: JsonNode): Fact[] {
  const value = node.line ?? "";
  return value === "" ? [] : [{ label, value }];
}

/** A free dictionary, one fact for each entry. */
function info(node: JsonNode, prefix = ""): Fact[] {
  return node.entries().map(([key, value]) => ({
    label: prefix + node.clean(key),
    value: value.line ?? "–",
  }));
}

const PART_KEYS = [
  "name",
  "type",
  "serial_number",
  "part_number",
  "number",
  "revision",
  "comment",
];

/** Sub units or instruments: one fact each, all that is known of it in a line. */
function parts(label: string, list: JsonNode): Fact[] {
  return list.elements().map((part) => {
    const known = PART_KEYS.flatMap((key) =>
      fact(key.replace("_", " "), part.get(key))
    );
    const more = info(part.get("info"));
    const texts = [...known, ...more].map(({ label, value }, index) =>
      index === 0 && label === "name" ? value : `${label} ${value}`
    );
    return { label, value: texts.join(", ") || "–" };
  });
}
