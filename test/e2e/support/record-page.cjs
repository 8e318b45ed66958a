/**
 * Loaded into the app before its own code (`electron -r`): writes down everything that main hands to a
 * page, one JSON line each, so that a test can search it. What the app does is not changed.
 */
const { appendFileSync } = require('node:fs')
const { app, ipcMain } = require('electron')

const file = process.env.TOKEN_DESK_RECORD_PAGE

function record(channel, payload) {
  appendFileSync(file, `${JSON.stringify({ channel, payload })}\n`)
}

for (const method of ['handle', 'handleOnce']) {
  const original = ipcMain[method].bind(ipcMain)
  ipcMain[method] = (channel, handler) =>
    original(channel, async (event, ...args) => {
      const value = await handler(event, ...args)
      record(channel, value)
      return value
    })
}

app.on('web-contents-created', (_event, contents) => {
  for (const method of ['send', 'sendToFrame', 'postMessage', 'executeJavaScript']) {
    const original = contents[method].bind(contents)
    contents[method] = (...args) => {
      record(method, args)
      return original(...args)
    }
  }
})
