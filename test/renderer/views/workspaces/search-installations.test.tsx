import { describe, expect, it } from 'vitest'
import {
  indexInstallations,
  matchRanges,
  searchInstallations,
} from '../../../../renderer/views/workspaces/search-installations.ts'
import { sampleInstallation, sampleInstallations } from '../../sample-snapshot.ts'

const index = indexInstallations([
  sampleInstallation({ id: 'a', name: 'Acme Sandbox', teamId: 'T0AC7Q1KL', appName: 'Deploy Bot' }),
  sampleInstallation({ id: 'b', name: 'Our test', teamName: 'Acme Staging', appName: 'Standup' }),
  sampleInstallation({ id: 'c', name: 'Übung', teamId: null, enterpriseName: 'Contoso' }),
  sampleInstallation({ id: 'd', name: 'Northwind', teamDomain: 'nw-test.slack.com' }),
])
const found = (query: string) => searchInstallations(index, query).map(({ id }) => id)

describe('searchInstallations', () => {
  it.each([
    ['', ['a', 'b', 'c', 'd']],
    ['   ', ['a', 'b', 'c', 'd']],
    ['acme', ['a', 'b']],
    ['ACME', ['a', 'b']],
    ['t0ac7', ['a']],
    ['acme standup', ['b']],
    ['standup acme', ['b']],
    ['contoso', ['c']],
    ['ubung', ['c']],
    ['übung', ['c']],
    ['nw-test', ['d']],
    ['nobody', []],
    ['.*', []],
    ['acme nobody', []],
  ])('“%s” finds %j', (query, ids) => {
    expect(found(query)).toEqual(ids)
  })
})

describe('matchRanges', () => {
  it.each([
    ['Acme Sandbox', 'acme', [[0, 4]]],
    ['Old Acme Corp', 'ACME', [[4, 8]]],
    ['Banana', 'an', [[1, 5]]],
    ['aaa', 'aa', [[0, 2]]],
    [
      'Acme Sandbox',
      'sand acme',
      [
        [0, 4],
        [5, 9],
      ],
    ],
    ['Acme', 'acm cme', [[0, 4]]],
    ['İstanbul Test', 'test', [[9, 13]]],
    ['😀 Test', 'test', [[3, 7]]],
    ['a.b', '.', [[1, 2]]],
    ['Acme', '', []],
    ['', 'a', []],
  ])('in “%s”, “%s” stands at %j', (text, query, ranges) => {
    expect(matchRanges(text, query)).toEqual(ranges)
  })
})

it('searches 1,000 workspaces within a frame', () => {
  const large = indexInstallations(sampleInstallations(1000))
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now()
    expect(searchInstallations(large, 'workspace workspace-990')).toHaveLength(1)
    return performance.now() - start
  })
  expect(Math.min(...times)).toBeLessThan(16)
})
