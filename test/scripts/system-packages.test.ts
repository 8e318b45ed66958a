import { describe, expect, it } from 'vitest'
import {
  installCommand,
  installedPackages,
  missingPackages,
  PACKAGE_SETS,
  packagesOf,
} from '../../scripts/system-packages.mjs'

const STATUS = `Package: xvfb
Status: install ok installed
Priority: optional
Description: a fake server
 Package: not-a-package
 Status: install ok installed

Package: removed
Status: deinstall ok config-files

Package: half
Status: install reinstreq half-installed

Package: libasound2t64
Status: hold ok installed
Architecture: amd64
`

describe('installedPackages', () => {
  it('takes what is wholly installed, held or not', () => {
    expect([...installedPackages(STATUS)]).toEqual(['xvfb', 'libasound2t64'])
  })

  it('finds nothing in an empty list', () => {
    expect(installedPackages('').size).toBe(0)
  })
})

describe('packagesOf', () => {
  it('asks for a virtual display only where there is none', () => {
    expect(packagesOf(['display'], { hasDisplay: false })).toEqual(['xvfb', 'xauth'])
    expect(packagesOf(['display'], { hasDisplay: true })).toEqual([])
  })

  it('joins the sets', () => {
    expect(packagesOf(['run', 'package'], { hasDisplay: true })).toEqual([
      ...PACKAGE_SETS.run,
      'p7zip-full',
    ])
  })
})

describe('missingPackages', () => {
  it.each([
    [['xvfb', 'git'], ['xvfb'], ['git']],
    [['libasound2'], ['libasound2t64'], []],
    [['libasound2'], ['libasound2'], []],
    [['libgtk-3-0'], [], ['libgtk-3-0']],
    [[], ['git'], []],
  ])('of %j with %j present are %j', (wanted, present, missing) => {
    expect(missingPackages(wanted, new Set(present))).toEqual(missing)
  })
})

describe('installCommand', () => {
  it('is one line to copy', () => {
    expect(installCommand(['xvfb', 'git'])).toBe(
      'sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb git',
    )
  })
})
