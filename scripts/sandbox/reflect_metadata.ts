/**
 * The reflection functions that @peculiar/x509's dependency tsyringe asks for when it loads.
 *
 * Its classes take no injected constructor parameter, so empty answers are enough. Import this
 * before the library; it stays out of the way of a real `reflect-metadata`.
 */
if (!("getMetadata" in Reflect)) {
  Object.assign(Reflect, {
    getMetadata: () => undefined,
    getOwnMetadata: () => undefined,
    defineMetadata: () => {},
  });
}
