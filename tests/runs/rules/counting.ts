/** The same value, which counts each time that somebody looks into it. */
export function counting(
  value: unknown,
  counter: { operations: number },
): unknown {
  if (typeof value !== "object" || value === null) return value;
  const children = new Map<PropertyKey, unknown>();
  return new Proxy(value, {
    get(target, key) {
      counter.operations++;
      const inner = Reflect.get(target, key);
      if (typeof inner !== "object" || inner === null) return inner;
      if (!children.has(key)) children.set(key, counting(inner, counter));
      return children.get(key);
    },
    ownKeys(target) {
      const keys = Reflect.ownKeys(target);
      counter.operations += keys.length;
      return keys;
    },
  });
}
