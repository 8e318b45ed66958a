import type { Random } from './random.ts'

/** The names by which a careless lookup or merge reaches a prototype. */
export const PROTOTYPE_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
]

/** Texts that break what splits, stores, logs, shows or looks up. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...PROTOTYPE_NAMES,
  ...[
    '',
    ' ',
    '\0',
    'a\0b',
    '\r\nX: y',
    '../../../etc/passwd',
    '/etc/passwd',
    'C:\\Windows\\win.ini',
  ],
  ...['\ud800', 'a\udfffb', '\u202egnp', '\ufeff', '\u2028', 'ﬀ', '👩‍👩‍👧‍👦', '%00', '%2e%2e%2f'],
  ...['null', 'undefined', 'true', '0', '-1', 'NaN', '1e999', '[]', '{}', '[object Object]'],
  ...['$(id)', '`id`', '; rm x', '" OR 1=1', '<img src=x onerror=alert(1)>', '%s%n'],
  ...[
    'javascript:alert(1)',
    'file:///etc/passwd',
    'app://desk/index.html',
    'https://evil.example/',
  ],
  ...['vault.key', 'vault-key', 'loopback-certificate', 'bot', 'user', 'practice'],
]

const KIB = 1024
/** Made once: several hundred cases share them. */
const HUGE: readonly string[] = [
  'x'.repeat(201),
  'x'.repeat(64 * KIB),
  '\ud83d\ude00'.repeat(512 * KIB),
  'a'.repeat(4 * KIB * KIB),
]

type Maker = (random: Random, depth: number) => unknown

/** Everything but text and plain containers that the structured clone lets through (HTML standard, 2.7). */
const ODD: readonly Maker[] = [
  ...[undefined, null, true, false, 0, -0, Number.NaN, Number.POSITIVE_INFINITY, -1, 1.5].map(same),
  ...[2 ** 53, -(2 ** 63), 1e308, 5e-324, 10n, -(2n ** 200n)].map(same),
  () => new Date(Number.NaN),
  () => new Date(0),
  () => /(a+)+$/g,
  () => new Map<unknown, unknown>([['__proto__', 1]]),
  () => new Set(['id']),
  (random) => random.bytes(random.below(64)),
  () => new ArrayBuffer(16),
  () => new Float64Array([Number.NaN, -0]),
  () => new BigUint64Array(2),
  () => new DataView(new ArrayBuffer(2)),
  () => new Error('__proto__'),
  () => new RangeError('x', { cause: 'y' }),
  () => Object(true) as unknown,
  () => Object('id') as unknown,
  () => Object(7) as unknown,
  () => Object(7n) as unknown,
]

const CONTAINERS: readonly Maker[] = [
  (random, depth) => Array.from({ length: random.below(6) }, () => hostileValue(random, depth + 1)),
  () => new Array(1_000_000),
  () => sparse(),
  () => cyclicList(),
  () => cyclicObject(),
  () => nested(2_000),
  (random, depth) =>
    JSON.parse(`{"__proto__":{"isAdmin":true},"n":${random.below(9)},"d":${depth}}`),
  (random, depth) => ({ constructor: { prototype: hostileValue(random, depth + 1) } }),
  (random, depth) => objectOf(random, depth),
  (random) => Object.fromEntries(Array.from({ length: random.below(300) }, (_, i) => [`k${i}`, i])),
  () => Array.from({ length: 5_001 }, (_, index) => `id-${index}`),
]

/** Keys that the contract's objects have, so that some objects are nearly right. */
const NEARLY = ['id', 'kind', 'of', 'name', 'as', 'installationId', 'credentialId', 'slackAppId']

/** One value that a hostile page could send: it can be cloned, and is anything else but well-meant. */
export function hostileValue(random: Random, depth = 0): unknown {
  const dice = random.next()
  if (dice < 0.35) return random.pick(HOSTILE_TEXTS)
  if (dice < 0.7 || depth > 3) return random.pick(ODD)(random, depth)
  // The huge ones are there, but not in every case: their copies take the time of the whole test.
  if (dice < 0.705) return random.pick(HUGE)
  if (dice < 0.9) return objectOf(random, depth)
  return random.pick(random.next() < 0.9 ? cheap() : CONTAINERS)(random, depth)
}

function cheap(): readonly Maker[] {
  return CONTAINERS.filter((_, index) => index !== 1 && index !== 5 && index !== 10)
}

function objectOf(random: Random, depth: number): object {
  const object: Record<string, unknown> = {}
  for (let count = random.below(5); count >= 0; count -= 1) {
    const name = random.pick([...NEARLY, ...PROTOTYPE_NAMES])
    // As an own property, which is how one arrives: assigning would set the prototype.
    Object.defineProperty(object, name, {
      ...{ value: hostileValue(random, depth + 1), enumerable: true, writable: true },
      configurable: true,
    })
  }
  return object
}

function same(value: unknown): Maker {
  return () => value
}

function sparse(): unknown[] {
  const list: unknown[] = []
  list[7] = 'x'
  return list
}

function cyclicList(): unknown[] {
  const list: unknown[] = ['x']
  list.push(list)
  return list
}

function cyclicObject(): object {
  const object: Record<string, unknown> = { kind: 'slack' }
  object.self = object
  object.id = object
  return object
}

function nested(depth: number): unknown {
  let value: unknown = 'x'
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { id: value }
  return value
}
