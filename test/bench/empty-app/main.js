/** The least that an Electron app with one window can be: what every start of one pays. */
import { join } from 'node:path'
import { app, BrowserWindow } from 'electron'

const profile = process.argv.find((argument) => argument.startsWith('--profile='))
if (profile) app.setPath('userData', profile.slice('--profile='.length))

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1080, height: 720, show: false })
  window.once('ready-to-show', () => window.show())
  window.loadFile(join(import.meta.dirname, 'index.html'))
})
app.on('window-all-closed', () => app.quit())
