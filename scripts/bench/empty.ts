// The floor: a program that does nothing, compiled like ours.
export {};
