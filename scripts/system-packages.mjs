/** Debian packages by purpose. `display` counts only where there is no display. */
export const PACKAGE_SETS = Object.freeze({
  run: [
    'libgtk-3-0',
    'libnss3',
    'libasound2',
    'libgbm1',
    'libxss1',
    'libxtst6',
    'libsecret-1-0',
    'libnotify4',
    'xdg-utils',
  ],
  display: ['xvfb', 'xauth'],
  test: [
    'dbus',
    'dbus-x11',
    'gnome-keyring',
    'gsettings-desktop-schemas',
    'chromium',
    'libnss3-tools',
    'xclip',
    'xdotool',
    'git',
  ],
  package: ['p7zip-full'],
})

/** @typedef {keyof typeof PACKAGE_SETS} PackageSet */

/**
 * Packages that a newer Debian or Ubuntu renamed when time became 64 bit there; either name will do.
 */
export const RENAMED = new Map([
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libasound2', 'libasound2t64'],
])

/**
 * Every package of the named sets.
 * @param {readonly PackageSet[]} sets
 * @param {{ hasDisplay: boolean }} machine
 * @returns {string[]}
 */
export function packagesOf(sets, { hasDisplay }) {
  return sets.flatMap((set) => (set === 'display' && hasDisplay ? [] : PACKAGE_SETS[set]))
}

/**
 * The wanted packages that are not there.
 * @param {readonly string[]} wanted
 * @param {ReadonlySet<string>} present as dpkg names them, without the architecture
 * @returns {string[]}
 */
export function missingPackages(wanted, present) {
  return wanted.filter((name) => !present.has(name) && !present.has(RENAMED.get(name) ?? name))
}

/**
 * The one command that installs them.
 * @param {readonly string[]} packages
 * @returns {string}
 */
export function installCommand(packages) {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`
}

/**
 * The installed packages in dpkg's own list (`/var/lib/dpkg/status`, deb822 paragraphs).
 * @param {string} status text of that file
 * @returns {Set<string>}
 */
export function installedPackages(status) {
  const found = status.matchAll(/^Package: (\S+)\nStatus: \S+ \S+ installed$/gm)
  return new Set([...found].map(([, name]) => name ?? ''))
}
