import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findJsonFault } from '../../../../main/workspaces/manifests/json-fault.ts'
import {
  manifestJson,
  manifestYaml,
  pathOf,
  readManifest,
} from '../../../../main/workspaces/manifests/manifest-text.ts'

const SAMPLE = {
  display_information: { name: 'Deploy Bot', description: 'Says: "done"\nand more' },
  oauth_config: {
    redirect_urls: ['https://localhost:17871/callback'],
    scopes: { bot: ['chat:write', 'files:wirte'] },
  },
  settings: { token_rotation_enabled: true, odd: null, count: 1.5, answer: 'yes', empty: {} },
}

function value(text: string): unknown {
  const read = readManifest(text)
  if (read.kind !== 'read') throw new Error(`${read.line}: ${read.message}`)
  return read.value
}

/** Lines of 49 marks, each below the last of the line before: 3,000 levels. */
function steps(mark: string): string {
  const line = (index: number) => `${' '.repeat(98 * index)}${mark.repeat(49)}\n`
  return Array.from({ length: 60 }, (_, index) => line(index)).join('')
}

describe('reading a manifest', () => {
  it('reads both spellings that it writes', () => {
    expect(value(manifestJson(SAMPLE))).toEqual(SAMPLE)
    expect(value(manifestYaml(SAMPLE))).toEqual(SAMPLE)
    expect(Object.keys(value(manifestYaml(SAMPLE)) as object)).toEqual(Object.keys(SAMPLE))
  })

  it('quotes in YAML what older parsers take for something else', () => {
    expect(manifestYaml(SAMPLE)).toContain('answer: "yes"')
  })

  it.each([
    { name: 'JSON', text: manifestJson(SAMPLE) },
    { name: 'YAML', text: manifestYaml(SAMPLE) },
    {
      name: 'JSON with a byte order mark and CRLF',
      text: `\ufeff${manifestJson(SAMPLE).replaceAll('\n', '\r\n')}`,
    },
  ])('knows the line of each value of $name', ({ text }) => {
    const read = readManifest(text)
    if (read.kind !== 'read') throw new Error(read.message)
    const lines = text.split('\n')
    const at = (...path: (string | number)[]) => lines[read.lineOf(path) - 1] ?? ''
    expect(at('display_information', 'name')).toContain('Deploy Bot')
    expect(at('oauth_config', 'scopes', 'bot', 1)).toContain('files:wirte')
    expect(at('oauth_config', 'scopes', 'bot')).toContain('bot')
    expect(at('settings', 'count')).toContain('1.5')
    // What is not there is said of the block around it.
    expect(at('oauth_config', 'scopes', 'user', 0)).toContain('scopes')
    expect(read.lineOf([])).toBe(1)
  })

  it('finds two scopes of one line on that line', () => {
    const read = readManifest('{\n"a": ["x",\n"y", "z"]}')
    if (read.kind !== 'read') throw new Error(read.message)
    expect([0, 1, 2].map((index) => read.lineOf(['a', index]))).toEqual([2, 3, 3])
  })

  it.each([
    { name: 'a missing comma', text: '{\n"a": 1\n"b": 2}', line: 3, of: 'JSON' },
    { name: 'a comma too many', text: '{\n"a": 1,\n}', line: 3, of: 'JSON' },
    { name: 'a comment', text: '{\n"a": 1 // one\n}', line: 2, of: 'JSON' },
    { name: 'a word without quotes', text: '{\n"a": tru\n}', line: 2, of: 'JSON' },
    { name: 'single quotes', text: "{\n'a': 1}", line: 2, of: 'JSON' },
    { name: 'a bracket that is open', text: '{\n"a": [1,\n2', line: 3, of: 'JSON' },
    { name: 'the wrong bracket', text: '{"a": [1\n}}', line: 2, of: 'JSON' },
    { name: 'something behind it', text: '{}\n{}', line: 2, of: 'JSON' },
    { name: 'a number of no kind', text: '{"a": 01}', line: 1, of: 'JSON' },
    { name: 'a line break in a text', text: '{"a": "x\ny"}', line: 1, of: 'JSON' },
    { name: 'a colon too many', text: 'a: 1\nb: c: d', line: 2, of: 'YAML' },
    { name: 'a tab as indent', text: 'a:\n\tb: 1', line: 2, of: 'YAML' },
    { name: 'a quote that is open', text: 'a: 1\nb: "x', line: 2, of: 'YAML' },
    { name: 'two documents', text: 'a: 1\n---\nb: 2', line: 2, of: 'YAML' },
  ])('says the line of $name', ({ text, line, of }) => {
    expect(readManifest(text)).toMatchObject({
      kind: 'unreadable',
      line,
      message: `cannot be read as ${of}`,
    })
  })

  it.each([
    { name: 'an alias', text: 'a: &x 1\nb: *x', line: 1 },
    { name: 'an alias of a block', text: 'a:\n  b: *x', line: 2 },
    { name: 'an anchor', text: 'a:\n  b: &x 1', line: 2 },
    { name: 'an anchor of a block', text: 'a: &x\n  b: 1', line: 2 },
    { name: 'an anchor of a name', text: 'a: 1\n&x b: 1', line: 2 },
    { name: 'a custom tag', text: 'a: 1\nb: !foo 2', line: 2 },
    { name: 'a standard tag', text: 'a: !!str 1', line: 1 },
    { name: 'a tag of a list', text: 'a: !!set [1]', line: 1 },
    { name: 'a merge key', text: 'a: 1\n<<: {b: 1}', line: 2 },
    { name: 'a merge key in JSON', text: '{"<<": {}}', line: 1 },
    { name: 'a name that stands twice', text: 'a: 1\nb: 1\na: 2', line: 3 },
    { name: 'a name that stands twice in JSON', text: '{"a": {"b": 1,\n"b": 2}}', line: 2 },
    { name: 'a block as a name', text: '? [a]\n: 1', line: 1 },
    { name: 'an infinite number', text: 'a: 1\nb: .inf', line: 2 },
    { name: 'no number', text: 'a: .nan', line: 1 },
    { name: '__proto__', text: '{"a": 1,\n"__proto__": {"b": 1}}', line: 2 },
    { name: 'constructor', text: 'a:\n  constructor: 1', line: 2 },
    { name: 'prototype', text: 'prototype: 1', line: 1 },
    { name: 'a text alone', text: 'hello', line: null },
    { name: 'a list', text: '[{"a": 1}]', line: null },
    { name: 'a YAML list', text: '- a\n- b', line: null },
    { name: 'null', text: 'null', line: null },
    { name: 'nothing', text: ' \n ', line: null },
    { name: 'a comment alone', text: '# later', line: null },
    { name: 'too much', text: `{"a":"${'x'.repeat(200_000)}"}`, line: null },
  ])('refuses $name', ({ text, line }) => {
    const read = readManifest(text)
    expect(read).toMatchObject({ kind: 'unreadable', line })
    expect(({} as Record<string, unknown>).b).toBeUndefined()
  })

  it.each([
    { name: 'brackets', text: `{"a":${'['.repeat(60)}${']'.repeat(60)}}` },
    {
      name: 'as many brackets as there is room for',
      text: `${'['.repeat(99_999)}${']'.repeat(99_999)}`,
    },
    { name: 'open brackets in YAML', text: `a: ${'[1,'.repeat(60_000)}` },
    { name: 'braces in YAML', text: `a: ${'{b: '.repeat(45_000)}` },
    { name: 'lists on one line', text: '- '.repeat(99_999) },
    { name: 'explicit names on one line', text: '? '.repeat(99_999) },
    { name: 'colons on one line', text: ': '.repeat(99_999) },
    { name: 'explicit names in a list', text: `[${'? '.repeat(99_999)}` },
    { name: 'a few lists on each of many lines', text: steps('- ') },
    { name: 'a few explicit names on each of many lines', text: steps('? ') },
  ])('refuses $name that nest too deeply, without a crash', ({ text }) => {
    expect(readManifest(text).kind).toBe('unreadable')
  })

  it('takes what nests as deeply as Slack’s own, and much beside each other', () => {
    const lists = Array.from({ length: 5000 }, (_, index) => `"k${index}":[{"a":[]}]`)
    expect(Object.keys(value(`{${lists.join(',')}}`) as object)).toHaveLength(5000)
    expect(value(`${'{"a":'.repeat(20)}1${'}'.repeat(20)}`)).toHaveProperty('a')
  })

  it('takes indents of eight columns, and what is far to the right for another reason', () => {
    const deep = Array.from({ length: 20 }, (_, index) => `${' '.repeat(8 * index)}k:\n`)
    expect(value(`${deep.join('')}${' '.repeat(160)}- 1`)).toHaveProperty('k')
    const text = `a: >\n${' '.repeat(300)}far\nb: ${'x'.repeat(300)}\n`
    expect(value(text)).toMatchObject({ b: 'x'.repeat(300) })
  })

  it('reads the texts of JSON as JSON does', () => {
    const text = '{"a":"\\ud83d\\ude00 \\/ \\u0041 \\" \\\\ \\t","b":-1.5e3,"c":[true,false,null]}'
    expect(value(text)).toEqual(JSON.parse(text))
  })

  it('follows a pointer of RFC 6901', () => {
    expect(pathOf('/a~1b/c~0d/0')).toEqual(['a/b', 'c~d', '0'])
    const read = readManifest('x: 1\na/b:\n  c~d:\n    - 1')
    if (read.kind !== 'read') throw new Error(read.message)
    expect(read.lineOf(pathOf('/a~1b/c~0d/0'))).toBe(4)
    expect(read.lineOf(pathOf('/nowhere'))).toBe(1)
  })
})

const json = fc.dictionary(
  fc.string().filter((key) => !['__proto__', 'constructor', 'prototype', '<<'].includes(key)),
  fc.jsonValue({ maxDepth: 4 }),
)
function isPlain(text: string): boolean {
  return !/"(?:__proto__|constructor|prototype|<<)":/.test(text)
}

describe('any manifest', () => {
  it('comes back from either spelling as it was', () => {
    fc.assert(
      fc.property(json, (any) => {
        const text = JSON.stringify(any)
        fc.pre(isPlain(text))
        const plain = JSON.parse(text)
        expect(value(manifestJson(plain))).toEqual(plain)
        expect(value(manifestYaml(plain))).toEqual(plain)
      }),
      { numRuns: 200 },
    )
  })

  it('is JSON to us exactly when it is to the engine', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', ':', '0', ' ', '\\', 'x'))
      .map(([text, at, mark]) => {
        const place = at % (text.length + 1)
        return text.slice(0, place) + mark + text.slice(place + 1)
      })
    fc.assert(
      fc.property(broken, (text) => {
        expect(findJsonFault(text) === null).toBe(isJson(text))
      }),
      { numRuns: 1000 },
    )
  })

  it('is never thrown at, whatever the text is', () => {
    fc.assert(fc.property(fc.string(), (text) => void readManifest(text)))
    const marks = fc.string({ unit: fc.constantFrom(...'{}[]:,-?&*!|>"\'#%@` \n\tab'.split('')) })
    fc.assert(
      fc.property(marks, (text) => void readManifest(text)),
      { numRuns: 500 },
    )
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
