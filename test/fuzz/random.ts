/** Numbers that look random and come again from the same seed, so that a failing run can be repeated. */
export interface Random {
  /** From 0 to below 1. */
  next(): number
  /** From 0 to below `end`, whole. */
  below(end: number): number
  pick<T>(all: readonly T[]): T
  /** Bytes of any value. */
  bytes(length: number): Buffer
}

/** The seed of this run: TOKEN_DESK_FUZZ_SEED, else always the same one. */
export const FUZZ_SEED = Number(process.env.TOKEN_DESK_FUZZ_SEED ?? 20_261_201)

/** Mulberry32: 32 bits of state, good enough to spread cases. */
export function createRandom(seed: number = FUZZ_SEED): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    next,
    below,
    pick<T>(all: readonly T[]): T {
      if (all.length === 0) throw new RangeError('nothing to pick from')
      return all[below(all.length)] as T
    },
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  }
}
