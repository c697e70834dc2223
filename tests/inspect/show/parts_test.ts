import assert from "node:assert/strict";
import fc from "fast-check";
import { fold } from "../../../src/inspect/show/fold.ts";
import { sizeText } from "../../../src/page/sizes.ts";
import { durationText, timeText } from "../../../src/inspect/show/times.ts";
import { cut, widthOf, wrap } from "../../../src/system/text_width.ts";

Deno.test("fold() shows or counts every item exactly once, in order", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(20)),
      fc.nat(10),
      fc.boolean(),
      (items, keep, all) => {
        const folded = fold(items, {
          all,
          keep,
          isImportant: (one) => one === 0,
        });
        const seen = folded.flatMap((one) =>
          "item" in one ? [one.item] : one.hidden
        );
        assert.deepEqual(seen, items);
        if (all) assert.ok(folded.every((one) => "item" in one));
      },
    ),
  );
});

Deno.test("fold() keeps what is important, and hides no single item", () => {
  const items = [1, 2, 3, 4, 5, 0, 6, 7];
  const isImportant = (one: number) => one === 0;
  assert.deepEqual(fold(items, { all: false, keep: 2, isImportant }), [
    { item: 1 },
    { item: 2 },
    { hidden: [3, 4, 5] },
    { item: 0 },
    { hidden: [6, 7] },
  ]);
  assert.equal(fold([1, 2, 3], { all: false, keep: 2, isImportant }).length, 3);
});

Deno.test("timeText() takes the stand's zone when there is one, else UTC", () => {
  const at = 1795354854;
  assert.equal(
    timeText(at, "Europe/Berlin"),
    "2026-11-22 14:40:54 Europe/Berlin",
  );
  assert.equal(
    timeText(at, "Asia/Kolkata"),
    "2026-11-22 19:10:54 Asia/Kolkata",
  );
  for (const zone of [undefined, "Mars/Olympus", "+02:00", ""]) {
    assert.equal(timeText(at, zone), "2026-11-22 13:40:54 UTC");
  }
  assert.equal(timeText(1e300, "UTC"), "1e+300 s since 1970");
});

Deno.test("durationText() counts in units a person uses", () => {
  assert.equal(durationText(0, 0), "< 1 s");
  assert.equal(durationText(0, 65), "1 min 5 s");
  assert.equal(durationText(0, 90061), "1 d 1 h 1 min 1 s");
  assert.equal(durationText(0, 3600), "1 h");
  assert.equal(durationText(5, 0), undefined);
  assert.equal(durationText(undefined, 0), undefined);
});

Deno.test("sizeText() is short", () => {
  assert.deepEqual([84, 4100, 63e6, 2e12].map(sizeText), [
    "84 B",
    "4.1 kB",
    "63 MB",
    "2000 GB",
  ]);
});

Deno.test("widthOf() counts columns, not characters", () => {
  assert.equal(widthOf("Voltage"), 7);
  assert.equal(widthOf("電圧"), 4);
  assert.equal(widthOf("µA ≤ é"), 6);
  assert.equal(widthOf("e\u0301"), 1);
  assert.equal(widthOf("👩‍🔧"), 2);
});

Deno.test("wrap() and cut() never exceed the width, and wrap() loses no word", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.integer({ min: 4, max: 40 }),
      (text, width) => {
        const lines = wrap(text, width);
        assert.ok(lines.every((line) => widthOf(line) <= width));
        assert.ok(widthOf(cut(text, width)) <= width);
        const squeezed = (one: string) => one.replace(/\s/g, "");
        assert.equal(squeezed(lines.join("")), squeezed(text));
      },
    ),
  );
});
