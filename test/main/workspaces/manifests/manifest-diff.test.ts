import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DiffLine } from '../../../../main/contract/views.ts'
import { diffManifests, inOrderOf } from '../../../../main/workspaces/manifests/manifest-diff.ts'
import { manifestJson } from '../../../../main/workspaces/manifests/manifest-text.ts'

const shown = ({ lines }: { lines: DiffLine[] }) =>
  lines.map(({ sign, text }) => `${{ same: ' ', added: '+', removed: '-' }[sign]}${text}`)

describe('a comparison', () => {
  it('shows lines in Slack’s order, and what only Slack has as removed', () => {
    const slacks = { settings: { rotation: false, unknown: 'x' }, name: 'Deploy Bot' }
    const ours = { description: 'new', name: 'Deploy Bot', settings: { rotation: true } }
    const diff = diffManifests(slacks, ours)
    expect(shown(diff)).toEqual([
      ' {',
      '   "settings": {',
      '-    "rotation": false,',
      '-    "unknown": "x"',
      '+    "rotation": true',
      '   },',
      '-  "name": "Deploy Bot"',
      '+  "name": "Deploy Bot",',
      '+  "description": "new"',
      ' }',
    ])
    expect(diff).toMatchObject({ addedCount: 3, removedCount: 3 })
    expect(diff.lines.map(({ before, after }) => [before, after])).toEqual([
      ...[
        [1, 1],
        [2, 2],
        [3, null],
        [4, null],
        [null, 3],
        [5, 4],
        [6, null],
        [null, 5],
      ],
      ...[
        [null, 6],
        [7, 7],
      ],
    ])
  })

  it('has no change for another order alone', () => {
    const diff = diffManifests(
      { a: { x: 1, y: [{ p: 1, q: 2 }] }, b: 2 },
      { b: 2, a: { y: [{ q: 2, p: 1 }], x: 1 } },
    )
    expect(diff).toMatchObject({ addedCount: 0, removedCount: 0 })
  })

  it('shows nothing that looks like a secret, and still that it changed', () => {
    const token = ['xoxb', '1'.repeat(12), 'p'.repeat(24)].join('-')
    const diff = diffManifests({ a: token, b: 'same' }, { a: `${token}2`, b: 'same' })
    expect(shown(diff)).toEqual([
      ' {',
      '-  "a": "[secret]",',
      '+  "a": "[secret]",',
      '   "b": "same"',
      ' }',
    ])
  })

  it('gives up on the shortest one when too much differs', () => {
    const lines = (mark: string) =>
      Object.fromEntries(
        Array.from({ length: 3000 }, (_, index) => [`k${index}`, `${mark}${index}`]),
      )
    const diff = diffManifests(lines('a'), lines('b'))
    expect(diff).toMatchObject({ addedCount: 3002, removedCount: 3002 })
    expect(diff.lines.at(-1)).toEqual({ sign: 'added', before: null, after: 3002, text: '}' })
  })

  const names = fc.constantFrom('a', 'b', 'c', 'd')
  const value = fc.dictionary(names, fc.oneof(fc.nat(3), fc.array(fc.dictionary(names, fc.nat(3)))))
  it('holds both manifests, line by line', () => {
    fc.assert(
      fc.property(value, value, (slacks, ours) => {
        const { lines } = diffManifests(slacks, ours)
        const side = (sign: DiffLine['sign']) =>
          lines
            .filter((line) => line.sign !== sign)
            .map(({ text }) => text)
            .join('\n')
        expect(side('added')).toBe(manifestJson(slacks))
        expect(JSON.parse(side('removed'))).toEqual(ours)
        expect(inOrderOf(slacks, ours)).toEqual(ours)
      }),
    )
  })
})
