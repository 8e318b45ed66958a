import { describe, expect, it } from 'vitest'
import { setVariable } from '../../../main/env/env-file.ts'

describe('a line that Node joins to the next variable', () => {
  it.each([
    { name: 'in front of the variable', source: 'JUNK\nK=old\n', line: 1 },
    { name: 'two lines above it', source: 'A=1\nJUNK\n\n# c\nK=old\n', line: 2 },
    { name: 'in front of another variable', source: 'K=old\n[section]\nA=1\n', line: 2 },
    { name: 'at the end, where the line is added', source: 'A=1\nJUNK\n', line: 2 },
    { name: 'without a line end', source: 'A=1\nJUNK', line: 2 },
    { name: 'words', source: 'some words here\nA=1\n', line: 1 },
    { name: 'export without a value', source: 'export FOO\nK=old\n', line: 1 },
    { name: 'colon without a blank', source: 'A:v\nK=old\n', line: 1 },
    { name: 'colon at the line end', source: 'A:\nK=old\n', line: 1 },
    { name: 'value on the next line', source: 'A=\n"x"\nK=old\n', line: 2 },
    { name: 'CRLF', source: 'A=1\r\nJUNK\r\nK=old\r\n', line: 2 },
    { name: 'below a value that gets shorter', source: 'K="a\nb\nc"\nJUNK\nA=1\n', line: 4 },
    { name: 'Node stops reading', source: 'A=1\n=x\nK=old\n', line: 2 },
    { name: 'byte order mark and no variable', source: '\ufeff# c\n', line: 1 },
    { name: 'byte order mark alone', source: '\ufeff', line: 1 },
  ])('is refused: $name', ({ source, line }) => {
    expect(() => setVariable(source, 'K', 'new')).toThrow(
      expect.objectContaining({ code: 'ENV_JUNK_LINE', line }),
    )
  })

  it.each([
    { name: 'junk at the end', source: 'K=old\nJUNK\n', expected: 'K=new\nJUNK\n' },
    { name: 'junk with =', source: 'A B=1\nK=old\n', expected: 'A B=1\nK=new\n' },
    { name: 'blanks above', source: 'A=1\n  \nK=old\n', expected: 'A=1\n  \nK=new\n' },
    {
      name: 'indented comment above',
      source: 'A=1\n  # c\nK=old\n',
      expected: 'A=1\n  # c\nK=new\n',
    },
    { name: 'NAME: value above', source: 'A: v\nK=old\n', expected: 'A: v\nK=new\n' },
    { name: 'byte order mark', source: '\ufeffK=old\n', expected: '\ufeffK=new\n' },
    { name: 'byte order mark, added', source: '\ufeffA=1\n', expected: '\ufeffA=1\nK=new\n' },
    { name: 'tab behind the name', source: 'K\t=old\n', expected: 'K\t=new\n' },
    { name: 'tab in front', source: '\tK=old\n', expected: '\tK=new\n' },
    { name: 'NAME: value, added', source: 'A: v\n', expected: 'A: v\nK=new\n' },
  ])('is none: $name', ({ source, expected }) => {
    expect(setVariable(source, 'K', 'new')).toBe(expected)
  })

  it.each([
    { name: 'blanks at the end', source: 'A=1\n  \n', expected: 'A=1\nK=new\n  \n' },
    { name: 'tab at the end', source: 'A=1\n# c\n\t', expected: 'A=1\n# c\nK=new\n\t' },
    {
      name: 'indented comment at the end',
      source: 'A=1\r\n  # c\r\n\r\n',
      expected: 'A=1\r\nK=new\r\n  # c\r\n\r\n',
    },
    { name: 'NAME: value at the end', source: 'A=1\nB: 2\n', expected: 'A=1\nK=new\nB: 2\n' },
    {
      name: 'an indented comment at both ends',
      source: '  # a\n# b=1\n  # c',
      expected: '  # a\n# b=1\nK=new\n  # c',
    },
    { name: 'only blanks', source: '   ', expected: '   \nK=new' },
    { name: 'blanks below an empty line', source: '\n  \n', expected: '\nK=new\n  \n' },
  ])('is passed by: $name', ({ source, expected }) => {
    expect(setVariable(source, 'K', 'new')).toBe(expected)
  })
})

describe('a change that would be read differently', () => {
  it.each([
    { name: 'a lone CR behind the value', source: 'K=old\rB=2\n' },
    { name: 'a value that ends earlier for Node', source: 'K="a\\"b\nX=1"\nB=2\n' },
  ])('is refused: $name', ({ source }) => {
    expect(() => setVariable(source, 'K', 'new')).toThrow(
      expect.objectContaining({ code: 'ENV_READ_BACK_FAILED' }),
    )
  })
})
