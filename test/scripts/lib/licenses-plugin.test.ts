import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { licensesOf, packageFolder } from '../../../scripts/lib/licenses-plugin.mjs'
import { ROOT } from '../../../scripts/lib/paths.mjs'

describe('packageFolder', () => {
  it.each([
    ['/app/main/index.ts', null],
    ['\0rolldown/runtime.js', null],
    ['/app/node_modules/zod/v4/index.js', '/app/node_modules/zod'],
    ['/app/node_modules/@slack/web-api/dist/a.js?commonjs', '/app/node_modules/@slack/web-api'],
    ['\0/app/node_modules/conf/dist/a.js', '/app/node_modules/conf'],
    ['/app/node_modules/a/node_modules/b/c.js', '/app/node_modules/a/node_modules/b'],
    ['C:\\app\\node_modules\\zod\\index.js', 'C:/app/node_modules/zod'],
  ])('of %j is %j', (id, folder) => expect(packageFolder(id)).toBe(folder))
})

describe('licensesOf', () => {
  it('names each package once, with the text of its licence', () => {
    const zod = join(ROOT, 'node_modules/zod')
    const text = licensesOf([join(zod, 'a.js'), join(zod, 'b.js'), '/app/main/index.ts'])
    expect(text.match(/^## /gm)).toHaveLength(1)
    expect(text).toContain('## zod ')
    expect(text).toContain('MIT License')
  })
})
