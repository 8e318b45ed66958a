import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { setVariable, writeVariable } from '../../../main/env/env-file.ts'
import { tempFolderPerTest } from './temp-folder.ts'

describe('setVariable changes a line', () => {
  it.each([
    { name: 'plain', source: 'K=old\n', expected: 'K=new\n' },
    { name: 'between others', source: 'A=1\nK=old\nB=2\n', expected: 'A=1\nK=new\nB=2\n' },
    { name: 'empty value', source: 'K=\nB=2\n', expected: 'K=new\nB=2\n' },
    { name: 'no final newline', source: 'A=1\nK=old', expected: 'A=1\nK=new' },
    { name: 'export', source: 'export K=old\n', expected: 'export K=new\n' },
    { name: 'indentation', source: '  K=old\n', expected: '  K=new\n' },
    { name: 'tab and export', source: '\texport K=old\n', expected: '\texport K=new\n' },
    { name: 'blanks around =', source: 'K = old\n', expected: 'K = new\n' },
    { name: 'blank behind =', source: 'K= old\n', expected: 'K= new\n' },
    { name: 'tab behind =', source: 'K=\told\n', expected: 'K=new\n' },
    { name: 'colon', source: 'K: old\n', expected: 'K: new\n' },
    { name: 'colon, quotes and comment', source: 'K: "old" # c\n', expected: 'K: new # c\n' },
    { name: 'colon and tab', source: 'K:\told\n', expected: 'K: new\n' },
    { name: 'comment', source: 'K=old # note\n', expected: 'K=new # note\n' },
    {
      name: 'comment further away',
      source: 'K=old   #note = x\n',
      expected: 'K=new   #note = x\n',
    },
    { name: 'glued comment', source: 'K=old#note\n', expected: 'K=new #note\n' },
    { name: 'comment behind a tab', source: 'K=old\t# note\n', expected: 'K=new # note\n' },
    { name: 'comment behind an empty value', source: 'K= # note\n', expected: 'K= new # note\n' },
    { name: 'glued comment behind an empty value', source: 'K=#note\n', expected: 'K=new #note\n' },
    { name: 'double quotes', source: 'K="old"\n', expected: 'K=new\n' },
    { name: 'single quotes and comment', source: 'K=\'old\' # "n"\n', expected: 'K=new # "n"\n' },
    { name: 'quotes and glued comment', source: 'K="a#b"#note\n', expected: 'K=new #note\n' },
    { name: 'backticks', source: 'K=`old`\n', expected: 'K=new\n' },
    { name: 'trailing blanks', source: 'K=old  \nA=1\n', expected: 'K=new\nA=1\n' },
    {
      name: 'several lines',
      source: 'A=1\nK="a\nb\nc" # note\nB=2\n',
      expected: 'A=1\nK=new # note\nB=2\n',
    },
    { name: 'CRLF', source: 'A=1\r\nK=old\r\nB=2\r\n', expected: 'A=1\r\nK=new\r\nB=2\r\n' },
    { name: 'mixed line ends', source: 'A=1\r\nK=old\nB=2\r\n', expected: 'A=1\r\nK=new\nB=2\r\n' },
    { name: 'byte order mark', source: '\ufeffK=old\r\n', expected: '\ufeffK=new\r\n' },
    {
      name: 'all duplicates',
      source: 'K=a\nA=1\nexport K="b" # c\nK=d\n',
      expected: 'K=new\nA=1\nexport K=new # c\nK=new\n',
    },
    { name: 'duplicates, one right already', source: 'K=new\nK=old\n', expected: 'K=new\nK=new\n' },
    {
      name: 'commented copies stay',
      source: '# K=a\n#K=b\nK=old\n',
      expected: '# K=a\n#K=b\nK=new\n',
    },
    {
      name: 'other keys stay',
      source: 'K_OLD=1\nMY_K=2\nk=3\nXK=4\nK.X=5\nK=old\n',
      expected: 'K_OLD=1\nMY_K=2\nk=3\nXK=4\nK.X=5\nK=new\n',
    },
    {
      name: 'look-alike in a value of several lines',
      source: 'P="\nK=no\n"\nK=old\n',
      expected: 'P="\nK=no\n"\nK=new\n',
    },
    {
      name: 'look-alike in backticks',
      source: 'P=`x\nK=no\n`\nK=old\n',
      expected: 'P=`x\nK=no\n`\nK=new\n',
    },
    {
      name: 'quotes in comments',
      source: '# don\'t "\nK=old # it\'s\n# "\n',
      expected: '# don\'t "\nK=new # it\'s\n# "\n',
    },
    { name: 'quote inside another value', source: "A=it's\nK=old\n", expected: "A=it's\nK=new\n" },
    { name: 'unclosed quote behind', source: 'K=old\nA="x\n', expected: 'K=new\nA="x\n' },
    { name: 'blank lines at both ends', source: '\n\nK=old\n\n\n', expected: '\n\nK=new\n\n\n' },
  ])('$name', ({ source, expected }) => {
    expect(setVariable(source, 'K', 'new')).toBe(expected)
  })

  it.each([
    { name: 'patterns of replace', value: '$&$1$$', source: 'K=old\n', expected: "K='$&$1$$'\n" },
    { name: 'blank', value: 'a b', source: 'K=old # c\n', expected: "K='a b' # c\n" },
    { name: 'nothing', value: '', source: 'K = old\n', expected: 'K =\n' },
    { name: 'nothing, with a comment', value: '', source: 'K=old # c\n', expected: "K='' # c\n" },
    { name: 'nothing behind a colon', value: '', source: 'K: old\n', expected: "K: ''\n" },
  ])('to a value with: $name', ({ value, source, expected }) => {
    expect(setVariable(source, 'K', value)).toBe(expected)
  })

  it.each([
    'K=new\n',
    'K="new"\n',
    "export K='new' # c\n",
    '  K = new\n',
    'K: new',
    'K=new\r\nK=new',
  ])('leaves %j, which holds the value', (source) => {
    expect(setVariable(source, 'K', 'new')).toBe(source)
  })
})

describe('setVariable adds a line', () => {
  it.each([
    { name: 'empty file', source: '', expected: 'K=new\n' },
    { name: 'at the end', source: 'A=1\n', expected: 'A=1\nK=new\n' },
    { name: 'no final newline', source: 'A=1', expected: 'A=1\nK=new' },
    { name: 'CRLF', source: 'A=1\r\n', expected: 'A=1\r\nK=new\r\n' },
    { name: 'CRLF, no final newline', source: 'A=1\r\nB=2', expected: 'A=1\r\nB=2\r\nK=new' },
    { name: 'mostly LF', source: 'A=1\r\nB=2\nC=3\n', expected: 'A=1\r\nB=2\nC=3\nK=new\n' },
    { name: 'comments only', source: '# c\n', expected: '# c\nK=new\n' },
    { name: 'commented copy', source: '# K=x\n', expected: '# K=x\nK=new\n' },
    { name: 'blank lines at the end', source: 'A=1\n\n\n', expected: 'A=1\n\n\nK=new\n' },
    {
      name: 'look-alike inside a value only',
      source: 'P="\nK=no\n"\n',
      expected: 'P="\nK=no\n"\nK=new\n',
    },
  ])('$name', ({ source, expected }) => {
    expect(setVariable(source, 'K', 'new')).toBe(expected)
  })
})

describe('setVariable refuses', () => {
  it.each([
    { name: 'quote open in front', source: 'A="x\nK=old\n', code: 'ENV_UNCLOSED_QUOTE', line: 1 },
    {
      name: 'quote open in the variable',
      source: 'A=1\nK="old\n',
      code: 'ENV_UNCLOSED_QUOTE',
      line: 2,
    },
    {
      name: 'quote open, line added',
      source: "A=1\nB='x\nC=2\n",
      code: 'ENV_UNCLOSED_QUOTE',
      line: 2,
    },
    {
      name: 'line counted behind several lines',
      source: 'A="1\n2\n3"\nB=`x\nK=1\n',
      code: 'ENV_UNCLOSED_QUOTE',
      line: 4,
    },
    {
      name: 'quote that only Node closes',
      source: 'A="x\nK=old\nB="y\n',
      code: 'ENV_UNCLOSED_QUOTE',
      line: 1,
    },
    { name: 'NUL', source: 'A=1\0\nK=old\n', code: 'ENV_NUL', line: undefined },
    { name: 'junk', source: 'JUNK\nK=old\n', code: 'ENV_JUNK_LINE', line: 1 },
  ])('$name', ({ source, code, line }) => {
    expect(() => setVariable(source, 'K', 'new')).toThrow(expect.objectContaining({ code, line }))
  })

  it('a name or a value that cannot be written', () => {
    expect(() => setVariable('', 'A B', 'x')).toThrow(
      expect.objectContaining({ code: 'ENV_NAME_INVALID' }),
    )
    expect(() => setVariable('', 'K', 'a\nb')).toThrow(
      expect.objectContaining({ code: 'ENV_VALUE_UNWRITABLE' }),
    )
  })

  it('says the line in words and none of the text', () => {
    const refusal = caught(() => setVariable('TOP="hidden-text\nK=old\n', 'K', 'new'))
    expect(refusal).toMatchObject({ message: 'Line 1 opens a quote that never closes' })
    expect(JSON.stringify(refusal) + String(refusal)).not.toContain('hidden-text')
  })
})

function caught(run: () => unknown): unknown {
  try {
    run()
  } catch (thrown) {
    return thrown
  }
  throw new TypeError('nothing was thrown')
}

describe('writeVariable', () => {
  const folder = tempFolderPerTest()

  it('reports what it did, with the exact bytes before', async () => {
    const path = join(folder(), '.env')
    await writeFile(path, 'A=1\nK=old\nK=older\n')
    const report = await writeVariable(path, 'K', 'new')
    const after = await readFile(path)
    expect(after.toString()).toBe('A=1\nK=new\nK=new\n')
    expect(report).toEqual({
      path,
      createdFile: false,
      changedLines: 2,
      before: Buffer.from('A=1\nK=old\nK=older\n'),
      afterDigest: createHash('sha256').update(after).digest('hex'),
    })
    expect(await readdir(folder())).toEqual(['.env'])
  })

  it('makes a file', async () => {
    const path = join(folder(), '.env')
    const report = await writeVariable(path, 'K', 'new', { expectedDigest: 'absent' })
    expect(report).toMatchObject({ createdFile: true, changedLines: 1, before: null })
    expect(await readFile(path, 'utf8')).toBe('K=new\n')
  })

  it('keeps every byte that is not valid UTF-8', async () => {
    const path = join(folder(), '.env')
    const all = Buffer.from(Array.from({ length: 255 }, (_, index) => index + 1)).filter(
      (byte) => byte !== 10 && byte !== 13,
    )
    const source = Buffer.concat([
      Buffer.from('# '),
      all,
      Buffer.from('\nB=\xe9\xa0\n', 'latin1'),
      Buffer.from('K=é \xff', 'latin1'),
      Buffer.from('\n'),
    ])
    await writeFile(path, source)
    await writeVariable(path, 'K', 'grün …')
    const end = source.lastIndexOf('K=')
    expect(await readFile(path)).toEqual(
      Buffer.concat([source.subarray(0, end), Buffer.from("K='grün …'\n")]),
    )
  })

  it('keeps a byte order mark in bytes', async () => {
    const path = join(folder(), '.env')
    await writeFile(path, '\ufeffA=1\r\n')
    await writeVariable(path, 'K', 'new')
    expect(await readFile(path, 'utf8')).toBe('\ufeffA=1\r\nK=new\r\n')
  })

  it('does not write a file that holds the value', async () => {
    const path = join(folder(), '.env')
    await writeFile(path, 'K=new\n')
    const { changedLines, before } = await writeVariable(path, 'K', 'new')
    expect({ changedLines, before }).toEqual({ changedLines: 0, before: Buffer.from('K=new\n') })
  })

  it.each([
    { name: 'changed', expectedDigest: createHash('sha256').update('A=1\n').digest('hex') },
    { name: 'there now', expectedDigest: 'absent' },
  ])('refuses a file that is not as previewed: $name', async ({ expectedDigest }) => {
    const path = join(folder(), '.env')
    await writeFile(path, 'A=2\n')
    await expect(writeVariable(path, 'K', 'new', { expectedDigest })).rejects.toMatchObject({
      code: 'ENV_CHANGED_SINCE_PREVIEW',
      remedy: 'preview-again',
    })
    expect(await readFile(path, 'utf8')).toBe('A=2\n')
    expect(await readdir(folder())).toEqual(['.env'])
  })
})
