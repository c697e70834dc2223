import assert from "node:assert/strict";
import { concurrencyOf } from "../../../src/upload/traffic/concurrency.ts";
import { type Client, SimulatedService } from "./simulated_service.ts";

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** One program that has documents without end. */
function oneProgram(
  options: SimulatedService["options"],
): { service: SimulatedService; client: Client } {
  const service = new SimulatedService(options);
  return { service, client: service.connect(concurrencyOf("auto")) };
}

Deno.test("A number is the limit, whatever the answers are", () => {
  const service = new SimulatedService({ mostAtOnce: 3 });
  const client = service.connect(concurrencyOf(7));
  service.run(500);
  assert.deepEqual([...new Set(client.limits)], [7]);
});

Deno.test("auto starts with 4", () => {
  assert.equal(concurrencyOf("auto").limit, 4);
});

Deno.test("auto grows to 32 within 200 answers where only the way takes time", () => {
  const { service, client } = oneProgram({ roundTrip: 50 });
  service.run(200);
  assert.equal(client.concurrency.limit, 32);
  service.run(5000);
  assert.equal(Math.max(...client.limits), 32);
  assert.ok(mean(client.limits.slice(200)) > 30, `${mean(client.limits)}`);
});

Deno.test("auto does not grow while no document waits for its turn", () => {
  const service = new SimulatedService({ roundTrip: 50 });
  const client = service.connect(concurrencyOf("auto"), { isBusy: false });
  service.run(2000);
  assert.deepEqual([...new Set(client.limits)], [4]);
});

Deno.test("auto stops where more requests only wait longer, and keeps StandCloud at work", () => {
  // 6 at work for 50 ms, and as many on the way meanwhile.
  const { service, client } = oneProgram({
    ...{ roundTrip: 50, workers: 6, workMilliseconds: 50 },
  });
  service.run(3000);
  const later = mean(client.limits.slice(500));
  assert.ok(later >= 12 && later <= 24, `${later}`);
});

Deno.test("auto has 4 to 10 requests at a service that works on one at a time", () => {
  const { service, client } = oneProgram({ workers: 1, workMilliseconds: 5 });
  service.run(3000);
  assert.deepEqual([Math.min(...client.limits), Math.max(...client.limits)], [
    4,
    10,
  ]);
});

Deno.test("auto falls when the answers take longer, and grows when they are fast again", () => {
  const { service, client } = oneProgram({ roundTrip: 50 });
  service.run(500);
  assert.equal(client.concurrency.limit, 32);
  service.options = { roundTrip: 50, workers: 2, workMilliseconds: 50 };
  service.run(500);
  assert.ok(client.concurrency.limit <= 9, `${client.concurrency.limit}`);
  service.options = { roundTrip: 50 };
  service.run(500);
  assert.equal(client.concurrency.limit, 32);
});

Deno.test("auto measures again when the way has become longer for good", () => {
  const { service, client } = oneProgram({ roundTrip: 20 });
  service.run(500);
  service.options = { roundTrip: 200 };
  service.run(5000);
  assert.equal(client.concurrency.limit, 32);
});

Deno.test("A large document among small ones does not make auto fall", () => {
  const concurrency = concurrencyOf("auto");
  let now = 0;
  for (let count = 1; count <= 2000; count++) {
    const took = count % 10 === 0 ? 2000 : 50;
    now += 10;
    concurrency.ended({
      ...{ startedAt: now, endedAt: now + took },
      ...{ isCrowded: false, isWanted: true },
    });
  }
  assert.ok(concurrency.limit > 16, `${concurrency.limit}`);
});

Deno.test("A service that refuses more than 6 at once answers at most one in ten with 429", () => {
  for (const roundTrip of [1, 50]) {
    const { service, client } = oneProgram({ roundTrip, mostAtOnce: 6 });
    service.run(200);
    assert.ok(client.refusals <= 20, `${client.refusals} of 200`);
    service.run(2000);
    assert.ok(client.refusals <= 110, `${client.refusals} of 2200`);
    assert.ok(mean(client.limits) > 4.5, `${mean(client.limits)}`);
  }
});

Deno.test("Two programs share a service that refuses more than 6 at once", () => {
  const service = new SimulatedService({ roundTrip: 50, mostAtOnce: 6 });
  const clients = [1, 2].map(() => service.connect(concurrencyOf("auto")));
  service.run(4000);
  for (const { answers, refusals, limits } of clients) {
    assert.ok(answers > 4000 / 3, `${answers} answers`);
    assert.ok(refusals <= answers / 10, `${refusals} of ${answers}`);
    assert.ok(mean(limits) > 2, `${mean(limits)}`);
  }
});

Deno.test("A program that comes later gets its share of a service that refuses more than 16 at once", () => {
  const service = new SimulatedService({ roundTrip: 50, mostAtOnce: 16 });
  service.connect(concurrencyOf("auto"));
  service.run(2000);
  const later = service.connect(concurrencyOf("auto"));
  service.run(6000);
  assert.ok(later.answers > 2000, `${later.answers} of 6000`);
});

Deno.test("Two programs share a service that works on 10 at a time", () => {
  const service = new SimulatedService({
    ...{ roundTrip: 50, workers: 10, workMilliseconds: 20 },
  });
  service.connect(concurrencyOf("auto"));
  service.run(2000);
  const later = service.connect(concurrencyOf("auto"));
  service.run(6000);
  assert.ok(later.answers > 2000, `${later.answers} of 6000`);
});

Deno.test("auto falls once for requests that were under way together, and never below 1", () => {
  const concurrency = concurrencyOf("auto");
  const refused = (startedAt: number, endedAt: number) =>
    concurrency.ended({
      ...{ startedAt, endedAt, isCrowded: true, isWanted: true },
    });
  for (let count = 0; count < 4; count++) refused(0, 10);
  assert.equal(concurrency.limit, 3);
  refused(11, 20);
  assert.equal(concurrency.limit, 2);
  for (let at = 30; at < 100; at += 10) refused(at, at + 5);
  assert.equal(concurrency.limit, 1);
});
