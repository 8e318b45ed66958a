import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { REDIRECT_PORTS, RELAY_PORT, redirectUrls, relayTarget } from '../main/contract/redirect.ts'

const root = resolve(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}

describe('the README', () => {
  it('names the redirect URLs that the server listens on, and no other port', () => {
    expect(readme).toContain(
      redirectUrls('https')
        .map((url) => `   ${url}\n`)
        .join(''),
    )
    const ports = [...readme.matchAll(/\b17\d{3}\b/g)].map((match) => Number(match[0]))
    expect([...new Set(ports)].sort()).toEqual([...REDIRECT_PORTS, RELAY_PORT])
    expect(readme).toContain(relayTarget())
  })

  it('names only commands that package.json has', () => {
    const named = [...readme.matchAll(/npm run (?:-s )?([\w:]+)/g)].map((match) => match[1] ?? '')
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  it('shows only pictures that are there', () => {
    const pictures = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map((match) => match[1] ?? '')
    expect(pictures).toHaveLength(2)
    expect(pictures.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})
