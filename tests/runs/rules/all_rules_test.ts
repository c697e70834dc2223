import assert from "node:assert/strict";
import { checkRun } from "../../../src/runs/check_run.ts";
import { rules } from "../../../src/runs/rules/all_rules.ts";
import { readingRules } from "../../../src/runs/rules/reading_rules.ts";
import type { Example, Rule } from "../../../src/runs/rules/rule.ts";
import { runOf, runWith, soundRun } from "./sound_runs.ts";

function wordsOf(example: Example, { profile }: Rule): string[] {
  const issues = checkRun(runWith(example, profile));
  return [...new Set(issues.map(({ rule }) => rule))];
}

Deno.test("checkRun() says nothing about a sound run", () => {
  assert.deepEqual(checkRun(runOf(soundRun("current"))), []);
  assert.deepEqual(checkRun(runOf(soundRun("early"))), []);
});

for (const rule of rules) {
  Deno.test(`${rule.word} speaks about its failing example, and no other rule does`, () => {
    assert.deepEqual(wordsOf(rule.failing, rule), [rule.word]);
  });

  Deno.test(`${rule.word} is silent about its passing example, and so is every rule`, () => {
    assert.deepEqual(wordsOf(rule.passing, rule), []);
  });

  Deno.test(`${rule.word} says what it found in one plain line`, () => {
    for (const issue of checkRun(runWith(rule.failing, rule.profile))) {
      assert.ok(rule.severities.includes(issue.severity), issue.severity);
      assert.match(issue.message, /^[^\n]{10,160}[^\n.]$/);
      assert.ok(issue.fix.length > 5 && issue.fix.length < 100, issue.fix);
    }
  });
}

Deno.test("every rule has a word of its own and is explained", () => {
  const all = [...rules, ...readingRules];
  assert.equal(new Set(all.map(({ word }) => word)).size, all.length);
  for (const { word, brief, explanation, fix } of all) {
    assert.match(word, /^[a-z]+(?:-[a-z]+)+$|^unreadable$/);
    assert.match(brief, /^[A-Z][^\n]{10,70}[^.\n]$/);
    assert.match(explanation, /^[A-Z][^]{60,700}[.)?]$/);
    assert.ok(fix.length > 5);
  }
});

Deno.test("only missing-mandatory-field keeps a run from being uploaded", () => {
  const blocking = rules.filter(({ blocksUpload }) => blocksUpload);
  assert.deepEqual(blocking.map(({ word }) => word), [
    "missing-mandatory-field",
  ]);
});
