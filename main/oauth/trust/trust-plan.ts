/** What trusting does on a system, and how it is undone; the end is the same everywhere. */
const STEPS: Readonly<Record<'darwin' | 'win32' | 'linux', readonly string[]>> = {
  darwin: [
    'Adds the certificate to your login keychain, trusted for websites, for this user only.',
    'macOS asks for your password or Touch ID, both when it is added and when it is removed.',
  ],
  win32: [
    'Adds the certificate to the trusted certificates of your Windows user.',
    'Windows asks whether to add it, and again when it is removed.',
  ],
  linux: [
    'Adds the certificate to your own certificate store for Chromium and Chrome, in the folder .pki/nssdb of your home folder.',
    'Adds it to each of your Firefox profiles that is closed. A profile that is open is left alone: close Firefox, then trust it again.',
  ],
}

const ALWAYS = [
  'Restart the browser afterwards, so that it sees the change.',
  'The certificate can vouch for localhost alone, for no other site. Its key never leaves the vault.',
  'When Token Desk renews the certificate, the new one takes the place of the old one.',
  '“Stop trusting it” removes it from the same places.',
]

/** What "Trust Token Desk’s certificate" will do on this system, a sentence or two each. */
export function trustPlan(platform: NodeJS.Platform): string[] {
  const steps = platform === 'darwin' || platform === 'win32' ? STEPS[platform] : STEPS.linux
  return [...steps, ...ALWAYS]
}
