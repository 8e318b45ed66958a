import { act, screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { CertificateView, TrustStoreView } from '../../../../main/contract/views.ts'
import { SettingsView } from '../../../../renderer/views/settings/settings-view.tsx'
import { fail, type Overrides, ok } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import { sampleCertificate } from '../../sample-certificate.ts'

const button = (name: string) => screen.getByRole('button', { name })
const store = (name: string) => within(screen.getByRole('group', { name }))
const focused = () => document.activeElement
const TRUST = 'Trust Token Desk’s certificate…'
const STOP = 'Stop trusting it…'

const open = (overrides: Overrides = {}) =>
  renderView(<SettingsView />, {
    overrides,
    start: { screen: 'settings', settingsSection: 'certificate' },
  })
const look = (over: Partial<CertificateView>) =>
  open({ 'certificate/look': ok(sampleCertificate(over)) })
const stores = (state: TrustStoreView['state']) =>
  sampleCertificate().stores.map((one) => ({ ...one, state }))

describe('Certificate', () => {
  it('says which stores trust it, until when it is valid and how to know it again', async () => {
    const { api } = await open()
    expect(screen.getByRole('heading', { name: 'Certificate' })).toBeTruthy()
    expect(store('Chromium and Chrome').getByText('Not trusted')).toBeTruthy()
    expect(store('Firefox').getByText('Trusted')).toBeTruthy()
    expect(screen.getByText('21 Feb 2027, renewed by itself')).toBeTruthy()
    expect(screen.getByText('localhost, 127.0.0.1, ::1')).toBeTruthy()
    expect(screen.getByText('7C:4A:19:E2 … 7C:4A:19:E2')).toBeTruthy()
    expect(api.callsTo('certificate/look')).toHaveLength(1)
  })

  it.each([
    ['running', 'Firefox is open', 'Close Firefox first.'],
    ['unavailable', 'Not available', 'There is no store that can be changed.'],
    ['trusted', 'Trusted', 'Every store trusts it already.'],
  ] as const)('%s: says so, and why trusting is off', async (state, badge, reason) => {
    const { user } = await look({ stores: stores(state) })
    expect(screen.getAllByText(badge)).toHaveLength(2)
    expect(screen.getByText(reason)).toBeTruthy()
    await user.click(button(TRUST))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('looks again once Firefox was closed', async () => {
    const { user, api } = await look({ stores: stores('running') })
    await user.click(button('Look again'))
    expect(api.callsTo('certificate/look')).toHaveLength(2)
  })

  it('says that there is none yet', async () => {
    await look({ fingerprint: null, expiresAtMs: null })
    expect(screen.getByText('Made when it is first needed')).toBeTruthy()
    expect(screen.queryByText('Valid until')).toBeNull()
  })

  it('says that it looks, and why it could not', async () => {
    const { user, api } = await open({ 'certificate/look': fail('UNEXPECTED') })
    expect(screen.getByRole('alert')).toBeTruthy()
    await user.click(button('Try again'))
    expect(api.callsTo('certificate/look')).toHaveLength(2)
  })

  it('shows while it looks that it does', async () => {
    await open({ 'certificate/look': () => new Promise(() => {}) })
    expect(screen.getByText('Looking into the browsers’ stores…')).toBeTruthy()
  })

  it('shows the command that helps as it has to be typed, and looks again', async () => {
    const failure = fail('CERTIFICATE_TOOL_MISSING', {
      message: 'The tool is not installed',
      advice: 'Install it: `sudo apt install libnss3-tools`',
    }).failure
    const { user, api } = await look({ failure })
    expect(screen.getByText('The tool is not installed')).toBeTruthy()
    expect(screen.getByText('sudo apt install libnss3-tools').tagName).toBe('CODE')
    await user.click(button('Look again'))
    expect(api.callsTo('certificate/look')).toHaveLength(2)
  })
})

describe('Trust Token Desk’s certificate…', () => {
  it('says first what it will do, then does it, by keys', async () => {
    const { user, api } = await open()
    act(() => button(TRUST).focus())
    await user.keyboard('{Enter}')
    const dialog = within(screen.getByRole('dialog', { name: 'Trust Token Desk’s certificate?' }))
    expect(dialog.getAllByRole('listitem').map((item) => item.textContent)).toEqual(
      sampleCertificate().plan,
    )
    expect(dialog.getByText(/^Restart the browser afterwards/)).toBeTruthy()
    expect(focused()).toBe(button('Trust certificate'))
    expect(api.callsTo('certificate/trust')).toEqual([])
    await user.keyboard('{Enter}')
    expect(api.callsTo('certificate/trust')).toHaveLength(1)
    expect(store('Chromium and Chrome').getByText('Trusted')).toBeTruthy()
    expect(screen.getByText('The certificate is trusted.')).toBeTruthy()
    await expect.poll(focused).toBe(button(TRUST))
  })

  it('stays open with the reason when it did not work', async () => {
    const { user } = await open({
      'certificate/trust': fail('CERTIFICATE_TRUST_FAILED', { message: 'The store refused it' }),
    })
    await user.click(button(TRUST))
    await user.click(button('Trust certificate'))
    const said = within(screen.getByRole('dialog')).getByRole('alert').textContent
    expect(said).toContain('The store refused it')
    await user.click(button('Cancel'))
    expect(store('Chromium and Chrome').getByText('Not trusted')).toBeTruthy()
  })

  it('says on the page what only went half way', async () => {
    const { failure } = fail('CERTIFICATE_TRUST_FAILED', { message: 'Firefox refused it' })
    const { user } = await open({ 'certificate/trust': ok(sampleCertificate({ failure })) })
    await user.click(button(TRUST))
    await user.click(button('Trust certificate'))
    expect(screen.getByText('Firefox refused it')).toBeTruthy()
    expect(screen.queryByText('The certificate is trusted.')).toBeNull()
  })
})

describe('Stop trusting it…', () => {
  it('names the stores that trust it, and takes it out of them', async () => {
    const { user, api } = await open()
    await user.click(button(STOP))
    const dialog = within(screen.getByRole('dialog'))
    expect(dialog.getByRole('listitem').textContent).toBe('Firefox. Profile “default-release”.')
    await user.keyboard('{Enter}')
    expect(api.callsTo('certificate/untrust')).toHaveLength(1)
    expect(store('Firefox').getByText('Not trusted')).toBeTruthy()
    expect(screen.getByText('The certificate is not trusted any more.')).toBeTruthy()
  })

  it('is off where no store does', async () => {
    const { user } = await look({ stores: stores('untrusted') })
    await user.click(button(STOP))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.getByText('No store trusts it.')).toBeTruthy()
  })
})
