import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import type { ManifestProblem } from '../../../main/contract/views.ts'
import { replaceInLine } from '../../../renderer/parts/edit-text.ts'
import { ManifestEditor } from '../../../renderer/parts/manifest-editor.tsx'
import { markLines } from '../../../renderer/parts/manifest-marks.ts'

const warning: ManifestProblem = {
  severity: 'warning',
  line: 2,
  message: 'unknown scope',
  advice: '',
  replace: { from: 'files:wirte', to: 'files:write' },
}

function Editor({ text: first }: { readonly text: string }) {
  const [text, setText] = useState(first)
  return (
    <>
      <ManifestEditor label="Manifest" text={text} format="json" problems={[]} onChange={setText} />
      <button type="button">After</button>
    </>
  )
}

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Manifest' })

describe('markLines', () => {
  const kinds = (text: string, format: 'json' | 'yaml', problems: ManifestProblem[] = []) =>
    markLines(text, format, problems).map(({ stretches }) =>
      stretches.map(({ kind, text: part }) => `${kind}:${part}`),
    )

  it('finds JSON keys, and not values that look like them', () => {
    expect(kinds('{ "a\\"b": "c", "d": ["e"] }', 'json')).toEqual([
      ['plain:{ ', 'key:"a\\"b"', 'plain:: "c", ', 'key:"d"', 'plain:: ["e"] }'],
    ])
  })

  it('finds YAML keys, and not the colon of a URL or a scope', () => {
    expect(kinds('a:\n  - b: https://c.test\n  - chat:write', 'yaml')).toEqual([
      ['key:a', 'plain::'],
      ['plain:  - ', 'key:b', 'plain:: https://c.test'],
      ['plain:  - chat:write'],
    ])
  })

  it('marks the wrong word of a line, and how serious the line is', () => {
    const text = '{\n  "bot": ["files:wirte"]'
    const problem: ManifestProblem = { ...warning, severity: 'problem', replace: null }
    expect(kinds(text, 'json', [warning])[1]).toEqual([
      'plain:  ',
      'key:"bot"',
      'plain:: ["',
      'wrong:files:wirte',
      'plain:"]',
    ])
    const severities = markLines(text, 'json', [warning, problem]).map((line) => line.severity)
    expect(severities).toEqual([null, 'problem'])
  })

  it('keeps every character of a text', () => {
    const text = '{ "x": 1,\n\n\t"y": "z" }'
    const lines = markLines(text, 'json', []).map(({ stretches }) =>
      stretches.map((one) => one.text).join(''),
    )
    expect(lines.join('\n')).toBe(text)
  })
})

describe('ManifestEditor', () => {
  it('is left by Tab, both ways', async () => {
    const user = userEvent.setup()
    render(<Editor text="{}" />)
    await user.tab()
    expect(document.activeElement).toBe(field())
    await user.tab()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'After' }))
    expect(field().value).toBe('{}')
  })

  it('moves lines in and out by keys', async () => {
    const user = userEvent.setup()
    render(<Editor text={'a\nb\nc'} />)
    field().focus()
    field().setSelectionRange(0, 3)
    await user.keyboard('{Control>}]{/Control}')
    expect(field().value).toBe('  a\n  b\nc')
    await user.keyboard('{Control>}[[{/Control}')
    expect(field().value).toBe('a\nb\nc')
    await user.keyboard('{Control>}[[{/Control}')
    expect(field().value).toBe('a\nb\nc')
  })

  it('replaces a word in its own line, and only while it stands there', () => {
    render(<Editor text={'x: 1\nx: 2'} />)
    expect(replaceInLine(field(), 2, 'x', 'key')).toBe(true)
    expect(field().value).toBe('x: 1\nkey: 2')
    expect(replaceInLine(field(), 2, 'nowhere', 'y')).toBe(false)
    expect(replaceInLine(field(), 9, 'x', 'y')).toBe(false)
  })

  it('cannot be typed into while another text is on its way', () => {
    render(
      <ManifestEditor
        label="Manifest"
        text="{}"
        format="json"
        problems={[]}
        onChange={() => undefined}
        isLoading
      />,
    )
    expect(field().readOnly).toBe(true)
    expect(field().getAttribute('aria-busy')).toBe('true')
  })
})
