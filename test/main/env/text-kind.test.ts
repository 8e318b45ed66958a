import { describe, expect, it } from 'vitest'
import { refuseNoText } from '../../../main/env/text-kind.ts'

const utf32 = (text: string) =>
  Buffer.concat([...text].map((char) => Buffer.from([char.charCodeAt(0), 0, 0, 0])))

describe('refuseNoText', () => {
  it.each([
    { name: 'UTF-16 LE mark', bytes: Buffer.from([0xff, 0xfe]), code: 'ENV_UTF16' },
    { name: 'UTF-16 BE mark', bytes: Buffer.from([0xfe, 0xff, 0, 65]), code: 'ENV_UTF16' },
    { name: 'UTF-32 BE mark', bytes: Buffer.from([0, 0, 0xfe, 0xff]), code: 'ENV_UTF16' },
    { name: 'UTF-16 LE', bytes: Buffer.from('A=1\n', 'utf16le'), code: 'ENV_UTF16' },
    { name: 'UTF-16 BE', bytes: Buffer.from('A=1\n', 'utf16le').swap16(), code: 'ENV_UTF16' },
    { name: 'UTF-32', bytes: utf32('A=1\n'), code: 'ENV_UTF16' },
    { name: 'one NUL', bytes: Buffer.from('A=1\nB=some value\0\n'), code: 'ENV_NUL' },
    {
      name: 'NULs and controls',
      bytes: Buffer.from('\x7fELF\x02\x01\x01\0AAAAAAAAAAAAAAA'),
      code: 'ENV_BINARY',
    },
    { name: 'only NULs', bytes: Buffer.alloc(7), code: 'ENV_BINARY' },
  ])('refuses: $name', ({ bytes, code }) => {
    expect(() => refuseNoText(bytes)).toThrow(expect.objectContaining({ code }))
  })

  it.each([
    { name: 'nothing', bytes: Buffer.alloc(0) },
    { name: 'UTF-8 with mark', bytes: Buffer.from('\ufeffA=ü\n') },
    { name: 'Latin-1', bytes: Buffer.from('A=\xfc\xff\n', 'latin1') },
    { name: 'controls without a NUL', bytes: Buffer.from('A=\x1b[0m\x01\n') },
  ])('lets pass: $name', ({ bytes }) => {
    expect(() => refuseNoText(bytes)).not.toThrow()
  })
})
