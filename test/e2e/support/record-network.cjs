/**
 * Loaded into the app before its own code (`electron -r`): writes down, one JSON line each, every
 * connection, datagram and name that Node itself asks for (Chromium's are in its net log), and every
 * program that is started. What the app does is not changed.
 */
const { appendFileSync } = require('node:fs')
const childProcess = require('node:child_process')
const dgram = require('node:dgram')
const dns = require('node:dns')
const net = require('node:net')

const file = process.env.TOKEN_DESK_RECORD_NETWORK

function record(what, where) {
  appendFileSync(file, `${JSON.stringify({ what, where: String(where) })}\n`)
}

/** Calls of `name` are told to `describe` first. */
function watch(owner, name, describe) {
  const original = owner[name]
  owner[name] = function (...args) {
    describe(...args)
    return original.apply(this, args)
  }
}

// Whatever opens a connection ends here, as `connect(options)`, `connect(port, host)` or both in a list.
watch(net.Socket.prototype, 'connect', (...args) => {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  if (typeof first === 'object' && first !== null)
    record('connect', first.path ?? first.host ?? 'localhost')
  else record('connect', typeof second === 'string' ? second : 'localhost')
})
watch(dgram.Socket.prototype, 'send', (...args) => record('datagram', args.at(-1)))
for (const owner of [dns, dns.promises]) {
  for (const name of Object.keys(owner).filter((one) => /^(lookup|resolve)/.test(one))) {
    if (typeof owner[name] === 'function') watch(owner, name, (host) => record('lookup', host))
  }
}
for (const name of ['spawn', 'execFile', 'exec', 'fork', 'spawnSync', 'execFileSync', 'execSync']) {
  watch(childProcess, name, (program) => record('program', program))
}
require('node:module').syncBuiltinESMExports()
